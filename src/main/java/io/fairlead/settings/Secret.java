package io.fairlead.settings;

import java.util.Optional;

/** A value that is never shown: its text is only had by asking for it. Equal to another of the same text. Immutable. */
public final class Secret {
    private final String value;
    private final Optional<String> reference;

    /**
     * A secret that stood somewhere in clear text.
     *
     * @param value the secret; empty where none is set
     */
    public Secret(String value) {
        this(value, Optional.empty());
    }

    private Secret(String value, Optional<String> reference) {
        this.value = value;
        this.reference = reference;
    }

    /** Takes the text as it is. */
    public static Secret parse(String text) {
        return new Secret(text);
    }

    /** The same, knowing where it came from: what {@link #reference} then says. */
    public Secret takenFrom(String written) {
        return new Secret(value, Optional.of(written));
    }

    /** The secret itself; empty where none is set. */
    public String value() {
        return value;
    }

    /**
     * What stood in the file for it, with nothing of it in clear text: <code>${NAME}</code>, <code>${file:/path}</code>. Empty: it
     * stood there itself.
     */
    public Optional<String> reference() {
        return reference;
    }

    /** Whether a secret is set. */
    public boolean isSet() {
        return !value.isEmpty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && value.equals(secret.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /** Whether there is a secret, never which. */
    @Override
    public String toString() {
        return isSet() ? "***" : "";
    }
}
