package io.fairlead.health.probe;

/**
 * A text that may be looked at only so many times. A regular expression that backtracks without end looks at the same
 * characters again and again: this is how it is stopped. Confined to one match.
 */
final class BoundedText implements CharSequence {
    private final String text;
    private int looksLeft;

    BoundedText(String text, int looks) {
        this.text = text;
        this.looksLeft = looks;
    }

    /** The text was looked at too often. */
    static final class Exhausted extends RuntimeException {
        Exhausted() {
            super("looked at too often", null, false, false);
        }
    }

    @Override
    public char charAt(int index) {
        if (--looksLeft < 0) {
            throw new Exhausted();
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.substring(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
