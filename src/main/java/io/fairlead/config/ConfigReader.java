package io.fairlead.config;

import io.fairlead.proxy.ListenerSettings;
import io.fairlead.route.RouteSettings;
import io.fairlead.settings.Provider;
import io.fairlead.settings.Providers;
import io.fairlead.settings.StoredFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a configuration file: text, then TOML, then settings records, then the checks between them. It gives either the
 * whole configuration or every error of the file, each with its place. A reader may be used again and on any thread.
 */
public final class ConfigReader {
    private static final int LARGEST = 1 << 20;
    private static final String TOO_LARGE = "larger than 1MiB";

    private final Map<String, String> environment;
    private final Binder.Implementations implementations;

    /**
     * A reader that knows the implementations on the class path.
     *
     * @param environment what <code>${NAME}</code> stands for
     */
    public ConfigReader(Map<String, String> environment) {
        this(environment, ConfigReader::onClassPath);
    }

    ConfigReader(Map<String, String> environment, Binder.Implementations implementations) {
        this.environment = Map.copyOf(environment);
        this.implementations = implementations;
    }

    @SuppressWarnings("unchecked") // @ChoiceOf takes nothing else
    private static SortedMap<String, ? extends Provider<?>> onClassPath(Class<?> spi) {
        return Providers.of((Class<Provider<?>>) spi);
    }

    /**
     * Reads a file of at most 1 MiB in UTF-8.
     *
     * @throws ConfigException if it cannot be read, or has an error
     */
    public Config read(Path file) throws ConfigException {
        return readWithWarnings(file).config();
    }

    /**
     * Reads a text.
     *
     * @param name what messages call it
     * @param directory what relative paths in it are relative to
     * @throws ConfigException if it has an error
     */
    public Config read(String name, String text, Path directory) throws ConfigException {
        return readWithWarnings(name, text, directory).config();
    }

    /**
     * Reads a file of at most 1 MiB in UTF-8, and tells what is doubtful in it.
     *
     * @throws ConfigException if it cannot be read, or has an error
     */
    public Reading readWithWarnings(Path file) throws ConfigException {
        Path absolute = file.toAbsolutePath();
        Path parent = absolute.getParent();
        ConsultedFiles files = new ConsultedFiles(parent == null ? absolute : parent);
        files.find(absolute.toString());
        return reading(file.toString(), text(file, files), files);
    }

    /**
     * Reads a text, and tells what is doubtful in it.
     *
     * @param name what messages call it
     * @param directory what relative paths in it are relative to
     * @throws ConfigException if it has an error
     */
    public Reading readWithWarnings(String name, String text, Path directory) throws ConfigException {
        return reading(name, text, new ConsultedFiles(directory));
    }

    private Reading reading(String name, String text, ConsultedFiles files) throws ConfigException {
        if (text.length() > LARGEST) {
            throw refused(name, TOO_LARGE, files);
        }
        Source source = new Source(name, text);
        Problems problems = new Problems(source);
        TomlDocument document = TomlScanner.scan(source, problems);
        Binder.Implementations found = implementations.remembered();
        Config config = bind(document, problems, files, found);
        List<ConfigProblem> placed = problems.count() == 0
                ? List.of()
                : problems.placed(
                        SecretKeys.in(Config.class, found).spans(document.places(), source, problems.misspelt()));
        if (config == null || problems.hasErrors()) {
            throw new ConfigException(placed, files.found());
        }
        return new Reading(config, hash(text), placed, files.found());
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has SHA-256
        }
    }

    private @Nullable Config bind(
            TomlDocument document, Problems problems, ConsultedFiles files, Binder.Implementations found) {
        Conversion conversion =
                new Conversion(document.places(), problems, new Texts(files), new Interpolation(environment, files));
        Binder binder = new Binder(document, conversion, problems, found);
        Object bound = binder.record(Config.class, document.root().entries(), KeyPath.ROOT);
        if (!(binder.defaults(ListenerSettings.class) instanceof ListenerSettings listener)) {
            throw new IllegalStateException("a listener has a setting without a default");
        }
        new CrossChecks(document, binder, conversion, problems).run(listener);
        return bound instanceof Config config ? completed(config, listener) : null;
    }

    /** With what a file may leave out: the listener, and the route to an only pool. */
    private static Config completed(Config config, ListenerSettings listener) {
        boolean routed = !config.routes().isEmpty() || config.pools().size() != 1;
        return new Config(
                config.admin(),
                config.listeners().isEmpty() ? List.of(listener) : config.listeners(),
                routed
                        ? config.routes()
                        : List.of(RouteSettings.everythingTo(
                                config.pools().keySet().iterator().next())),
                config.pools(),
                config.accessLog(),
                config.events(),
                config.shutdown());
    }

    private static String text(Path file, ConsultedFiles files) throws ConfigException {
        try (InputStream stream = StoredFile.open(file)) {
            byte[] bytes = stream.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw refused(file.toString(), TOO_LARGE, files);
            }
            return decoded(file, bytes, files);
        } catch (IOException e) {
            throw refused(file.toString(), "cannot be read: " + Interpolation.reason(e), files);
        }
    }

    private static String decoded(Path file, byte[] bytes, ConsultedFiles files) throws ConfigException {
        ByteBuffer input = ByteBuffer.wrap(bytes);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(input).toString();
        } catch (CharacterCodingException e) {
            long line = 1;
            for (int i = 0; i < input.position(); i++) {
                line += bytes[i] == '\n' ? 1 : 0;
            }
            throw refused(file + ":" + line, "not UTF-8", files);
        }
    }

    /** An error of a file as a whole. */
    private static ConfigException refused(String file, String message, ConsultedFiles files) {
        Source source = new Source(file, "");
        Problems problems = new Problems(source);
        problems.error(null, KeyPath.ROOT, message);
        return new ConfigException(problems.placed(List.of()), files.found());
    }
}
