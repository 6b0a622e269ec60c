package io.fairlead.settings;

/**
 * A value that is never shown: its text is only had by asking for it.
 *
 * @param value the secret; empty where none is set
 */
public record Secret(String value) {
    /** Takes the text as it is. */
    public static Secret parse(String text) {
        return new Secret(text);
    }

    /** Whether a secret is set. */
    public boolean isSet() {
        return !value.isEmpty();
    }

    /** Whether there is a secret, never which. */
    @Override
    public String toString() {
        return isSet() ? "***" : "";
    }
}
