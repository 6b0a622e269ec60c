package io.fairlead.admin;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * A file of the status page, read from the class path once.
 *
 * @param path where it is served
 * @param type its media type
 * @param content all of it
 */
record Page(String path, String type, Buffer content) {
    /** Every file of the page; it asks for no other, and for nothing elsewhere. */
    static List<Page> files() {
        return List.of(
                of("/", "index.html", "text/html; charset=utf-8"),
                of("/page.css", "page.css", "text/css; charset=utf-8"),
                of("/page.js", "page.js", "text/javascript; charset=utf-8"),
                of("/events.js", "events.js", "text/javascript; charset=utf-8"),
                of("/history.js", "history.js", "text/javascript; charset=utf-8"),
                of("/table.js", "table.js", "text/javascript; charset=utf-8"),
                of("/words.js", "words.js", "text/javascript; charset=utf-8"),
                of("/well.svg", "well.svg", "image/svg+xml"),
                of("/trouble.svg", "trouble.svg", "image/svg+xml"));
    }

    private static Page of(String path, String file, String type) {
        try (InputStream in = Page.class.getResourceAsStream("page/" + file)) {
            if (in == null) {
                throw new IllegalStateException("page/" + file + ": not on the class path");
            }
            return new Page(path, type, Buffer.buffer(in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
