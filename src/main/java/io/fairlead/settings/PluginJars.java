package io.fairlead.settings;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The jars in {@code plugins/} beside the jar of Fairlead, by name. Looked for once; a jar that is added later is seen after a
 * restart. One class loader has them all, below that of Fairlead: a plug-in may bring the libraries that it needs as jars of
 * their own.
 *
 * <p>Which classes a jar offers stands in its {@code META-INF/services}, as for {@link java.util.ServiceLoader}. It is read
 * here jar by jar, so that it can be said in which jar something is wrong.
 */
public final class PluginJars {
    private static final String SERVICES = "META-INF/services/";

    private final List<Path> paths;
    private final ClassLoader loader;

    private PluginJars(List<Path> paths, ClassLoader parent) {
        this.paths = List.copyOf(paths);
        this.loader = paths.isEmpty()
                ? parent
                : new URLClassLoader(paths.stream().map(PluginJars::url).toArray(URL[]::new), parent);
    }

    /** Made at the first use, and then once: this is what the JVM promises of a class's initialisation. */
    private static final class Installed {
        private static final PluginJars JARS = codeSource(PluginJars.class)
                .filter(Files::isRegularFile) // a directory of classes, as in development, has none
                .map(jar -> in(jar.resolveSibling("plugins")))
                .orElseGet(() -> new PluginJars(List.of(), PluginJars.class.getClassLoader()));
    }

    /** Those beside the jar that this class came from. */
    static PluginJars installed() {
        return Installed.JARS;
    }

    /** Those in a directory, which need not exist. */
    static PluginJars in(Path directory) {
        List<Path> paths = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> jars = Files.newDirectoryStream(directory, "*.jar")) {
                jars.forEach(paths::add);
            } catch (IOException | DirectoryIteratorException e) {
                paths.add(directory); // said to be unreadable when it is looked into
            }
        }
        Collections.sort(paths);
        return new PluginJars(paths, PluginJars.class.getClassLoader());
    }

    /** All that there are, sorted by name. */
    public static List<Path> paths() {
        return installed().paths;
    }

    /** The jar or directory that a class came from; empty if it came from elsewhere, as those of Java itself do. */
    public static Optional<Path> codeSource(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source == null
                || source.getLocation() == null
                || !source.getLocation().getProtocol().equals("file")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Path.of(source.getLocation().toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(source.getLocation() + " is no path", e);
        }
    }

    /** The classes that jars offer for an SPI, jar by jar; what is wrong is added to the problems. */
    List<Offer> offers(Class<?> spi, List<String> problems) {
        List<Offer> offers = new ArrayList<>();
        for (Path path : paths) {
            try (ZipFile jar = new ZipFile(path.toFile())) {
                ZipEntry services = jar.getEntry(SERVICES + spi.getName());
                if (services != null) {
                    String text = new String(jar.getInputStream(services).readAllBytes(), StandardCharsets.UTF_8);
                    text.lines()
                            .map(line -> line.replaceFirst("#.*", "").strip())
                            .filter(name -> !name.isEmpty())
                            .distinct()
                            .forEach(name -> offers.add(new Offer(path, name, loader)));
                }
            } catch (IOException e) {
                problems.add(
                        path + ": not a jar that can be read: " + e.getMessage() + " (build it anew, or remove it)");
            }
        }
        return offers;
    }

    /**
     * A class that a jar says it has.
     *
     * @param jar where it is named
     * @param className its binary name
     */
    record Offer(Path jar, String className, ClassLoader loader) {
        /**
         * An instance of it.
         *
         * @throws IllegalStateException if there cannot be one, with the reason
         */
        <P> P make(Class<P> spi) {
            try {
                Class<?> type = Class.forName(className, true, loader);
                if (!spi.isAssignableFrom(type)) {
                    throw new IllegalStateException(
                            this + ": does not implement " + spi.getName() + ", which its " + SERVICES + " says");
                }
                return spi.cast(type.getConstructor().newInstance());
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException(
                        this + ": no such class, but its " + SERVICES + spi.getName()
                                + " names it (put it into the jar, or correct the name)",
                        e);
            } catch (NoSuchMethodException | IllegalAccessException | InstantiationException e) {
                throw new IllegalStateException(
                        this
                                + ": cannot be made (expected: a public class with a public constructor without parameters)",
                        e);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(this + ": its constructor failed: " + e.getCause(), e);
            } catch (ExceptionInInitializerError e) {
                throw new IllegalStateException(this + ": its initialisation failed: " + e.getCause(), e);
            } catch (LinkageError | SecurityException e) {
                throw new IllegalStateException(
                        this + ": " + e + " (build it for this version of Java and Fairlead, with what it needs)", e);
            }
        }

        @Override
        public String toString() {
            return jar + ": " + className;
        }
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException(e);
        }
    }
}
