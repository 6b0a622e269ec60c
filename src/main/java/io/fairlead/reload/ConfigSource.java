package io.fairlead.reload;

import io.fairlead.config.ConfigException;
import io.fairlead.config.ConfigReader;
import io.fairlead.config.Reading;
import java.nio.file.Path;
import java.util.Map;

/** Where the configuration comes from, and comes from again at each reload. */
public interface ConfigSource {
    /** What messages call it. */
    String name();

    /** Where it is, whatever directory somebody is in: the absolute path of a file; else the name. */
    default String place() {
        return name();
    }

    /**
     * Reads all of it. Any thread but an event loop.
     *
     * @throws ConfigException if it cannot be read, or has an error
     */
    Reading read() throws ConfigException;

    /**
     * A file.
     *
     * @param environment what <code>${NAME}</code> stands for in it
     */
    static ConfigSource file(Path path, Map<String, String> environment) {
        return new ConfigSource() {
            @Override
            public String name() {
                return path.toString();
            }

            @Override
            public String place() {
                return path.toAbsolutePath().normalize().toString();
            }

            @Override
            public Reading read() throws ConfigException {
                return new ConfigReader(environment).readWithWarnings(path);
            }
        };
    }

    /** One that never changes. */
    static ConfigSource of(String name, Reading reading) {
        return new ConfigSource() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Reading read() {
                return reading;
            }
        };
    }
}
