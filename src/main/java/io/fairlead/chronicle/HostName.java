package io.fairlead.chronicle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What this machine is called, to tell it from others. Asks no name service: that may take long. Any thread. */
final class HostName {
    private static final Path FILE = Path.of("/etc/hostname");

    private HostName() {}

    static String of(Map<String, String> environment) {
        String name = environment.getOrDefault("HOSTNAME", "").strip();
        if (!name.isEmpty()) {
            return name;
        }
        try {
            String written = Files.readString(FILE).strip();
            return written.isEmpty() ? "localhost" : written;
        } catch (IOException e) {
            return "localhost";
        }
    }
}
