package io.fairlead.cli.admin;

import io.fairlead.config.Config;
import io.fairlead.config.ConfigException;
import io.fairlead.config.ConfigReader;
import io.fairlead.settings.ListenAddress;
import io.fairlead.settings.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which running Fairlead a command is for: options that all of them have. */
public final class AdminTarget {
    private static final String TOKEN = "FAIRLEAD_ADMIN_TOKEN";

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description =
                    "The configuration that it runs with (default: config.toml); says its admin address and token.")
    private @Nullable Path file;

    @Option(
            names = "--admin",
            paramLabel = "ADDR",
            description = "Its admin address, host:port; instead of the file's.")
    private @Nullable String admin;

    @Option(
            names = "--token",
            paramLabel = "T",
            description = "The admin token (default: $" + TOKEN + ", or the file's); not needed on the same machine.")
    private @Nullable String token;

    /**
     * An address and a token to use there.
     *
     * @param token empty if there is none
     */
    record Found(ListenAddress address, Secret token) {}

    /**
     * Finds both.
     *
     * @throws AdminException if neither the option nor a file says the address
     */
    Found find(Map<String, String> environment) throws AdminException {
        Optional<Config> config = config(environment);
        ListenAddress address = admin == null ? config.orElseThrow().admin().address() : parse(admin);
        String found = token != null ? token : environment.getOrDefault(TOKEN, "");
        Secret fromFile = config.map(c -> c.admin().token()).orElse(new Secret(""));
        return new Found(reachable(address), found.isEmpty() ? fromFile : new Secret(found));
    }

    /** The file's content; with an address given, a file that was not named may be missing or wrong. */
    private Optional<Config> config(Map<String, String> environment) throws AdminException {
        Path path = file == null ? Path.of("config.toml") : file;
        if (admin != null && file == null && !Files.exists(path)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ConfigReader(environment).read(path));
        } catch (ConfigException e) {
            Optional<Config> section = AdminSection.read(path, environment);
            if (section.isPresent()) {
                return section;
            }
            if (admin != null && file == null) {
                return Optional.empty();
            }
            throw new AdminException(
                    e.getMessage() + "\nThe admin address is not known: correct the file, name another by"
                            + " -c FILE, or give the address by --admin HOST:PORT.");
        }
    }

    private static ListenAddress parse(String text) throws AdminException {
        try {
            return ListenAddress.parse(text);
        } catch (IllegalArgumentException e) {
            throw new AdminException("--admin: " + e.getMessage());
        }
    }

    /** The file, if it was named. */
    public Optional<Path> file() {
        return Optional.ofNullable(file);
    }

    /** Who listens on all addresses is to be found on loopback. */
    private static ListenAddress reachable(ListenAddress address) {
        return switch (address.host()) {
            case "0.0.0.0" -> new ListenAddress("127.0.0.1", address.port());
            case "::", "0:0:0:0:0:0:0:0" -> new ListenAddress("::1", address.port());
            default -> address;
        };
    }
}
