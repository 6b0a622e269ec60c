package io.fairlead.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Compiles sources against the class path of the test, and puts them into a jar. */
final class JarMaker {
    private final Path work;
    private final Map<String, String> services = new LinkedHashMap<>();
    private final List<String> sources = new ArrayList<>();

    JarMaker(Path work) throws IOException {
        this.work = Files.createDirectories(work);
    }

    /** A public top-level class with this simple name. */
    JarMaker source(String simpleName, String source) throws IOException {
        Path file = work.resolve(simpleName + ".java");
        Files.writeString(file, source);
        sources.add(file.toString());
        return this;
    }

    /** What {@code META-INF/services} says of an SPI. */
    JarMaker service(Class<?> spi, String text) {
        services.put("META-INF/services/" + spi.getName(), text);
        return this;
    }

    /** Writes the jar, without the classes whose path ends so. */
    void write(Path jar, String... left) throws IOException {
        Path classes = Files.createDirectories(work.resolve("classes"));
        if (!sources.isEmpty()) {
            compile(classes);
        }
        Files.createDirectories(jar.toAbsolutePath().getParent());
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file);
                Stream<Path> walk = Files.walk(classes)) {
            for (Path path : walk.filter(Files::isRegularFile)
                    .filter(path -> Stream.of(left).noneMatch(path.toString()::endsWith))
                    .sorted(Comparator.naturalOrder())
                    .toList()) {
                entry(out, classes.relativize(path).toString(), Files.readAllBytes(path));
            }
            for (Map.Entry<String, String> service : services.entrySet()) {
                entry(out, service.getKey(), service.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private void compile(Path classes) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        List<String> options =
                List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path"), "-proc:none");
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            boolean done = compiler.getTask(
                            said, files, null, options, null, files.getJavaFileObjectsFromStrings(sources))
                    .call();
            assertThat(done).as(said.toString()).isTrue();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void entry(JarOutputStream out, String name, byte[] content) throws IOException {
        out.putNextEntry(new JarEntry(name));
        out.write(content);
        out.closeEntry();
    }
}
