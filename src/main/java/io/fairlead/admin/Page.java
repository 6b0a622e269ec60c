package io.fairlead.admin;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * A file of the status page, read from the class path once.
 *
 * @param path where it is served
 * @param type its media type
 * @param content all of it
 */
record Page(String path, String type, Buffer content) {
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    /** Our own, all in the page's directory; the first is the page itself. */
    private static final List<String> OWN = List.of(
            "index.html",
            "page.css",
            "table.css",
            "member.css",
            "page.js",
            "changes.js",
            "charts.js",
            "columns.js",
            "distribution.js",
            "dom.js",
            "events.js",
            "filters.js",
            "icons.js",
            "link.js",
            "member.js",
            "numbers.js",
            "orders.js",
            "overtime.js",
            "pools.js",
            "request.js",
            "row.js",
            "strips.js",
            "summary.js",
            "timeline.js",
            "traffic.js",
            "verdict.js",
            "words.js",
            "well.svg",
            "trouble.svg");

    /** Every file of the page; it asks for no other, and for nothing elsewhere. */
    static List<Page> files() {
        String uplot = "/META-INF/resources/webjars/uplot/" + uplotVersion() + "/dist/";
        return Stream.concat(
                        OWN.stream().map(name -> of(name.equals(OWN.get(0)) ? "/" : "/" + name, "page/" + name)),
                        Stream.of(
                                of("/uplot.js", uplot + "uPlot.iife.min.js"),
                                of("/uplot.css", uplot + "uPlot.min.css")))
                .toList();
    }

    /** As the build has it: a WebJar keeps its files below its version. */
    private static String uplotVersion() {
        Properties versions = new Properties();
        try {
            versions.load(new ByteArrayInputStream(read("page/libraries.properties")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Objects.requireNonNull(versions.getProperty("uplot"), "page/libraries.properties: names no uplot");
    }

    private static Page of(String path, String resource) {
        String type = TYPES.get(resource.substring(resource.lastIndexOf('.') + 1));
        return new Page(path, Objects.requireNonNull(type, resource), Buffer.buffer(read(resource)));
    }

    private static byte[] read(String resource) {
        try (InputStream in = Page.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + ": not on the class path");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
