package io.fairlead;

import io.fairlead.config.ConfigException;
import io.fairlead.config.ConfigReader;
import io.fairlead.config.Reading;
import io.fairlead.reload.ConfigSource;
import java.nio.file.Path;
import java.util.Map;

/** A configuration that the test changes. */
public final class ChangingConfig implements ConfigSource {
    private volatile String text;

    public ChangingConfig(String text) {
        this.text = text;
    }

    /** What is read from now on. */
    public void set(String next) {
        text = next;
    }

    /** What is read now. */
    public String text() {
        return text;
    }

    @Override
    public String name() {
        return "test.toml";
    }

    @Override
    public Reading read() throws ConfigException {
        return new ConfigReader(Map.of()).readWithWarnings(name(), text, Path.of(""));
    }
}
