package io.fairlead.config;

import java.util.regex.Pattern;

/** A place in a text that moves forward, and the two things that every part of TOML's grammar needs: blanks and keys. */
final class Cursor {
    /** What stands at the end of the text. */
    static final char END = '\0';

    /**
     * A key or a part of a table's name.
     *
     * @param name as it is meant, without quotes
     * @param span as it is written
     */
    record Word(String name, Source.Span span) {}

    /** The text is no TOML at {@link #offset()}. */
    static final class SyntaxException extends Exception {
        private final int offset;
        private final String complaint;

        SyntaxException(int offset, String complaint) {
            super(complaint);
            this.offset = offset;
            this.complaint = complaint;
        }

        String complaint() {
            return complaint;
        }

        int offset() {
            return offset;
        }
    }

    // toml4j looks for the end of an inline key at '=', ',' and '}' even in quotes, and keeps the quotes.
    private static final Pattern QUOTABLE = Pattern.compile("[\\p{L}\\p{N} _.:/*+~@%!?&$-]+");

    private final String text;
    private int at;
    // The end of the line that lineFrom is on, kept because lines may be long and it is asked for per value.
    private int lineFrom;
    private int lineEnd = -1;

    Cursor(String text) {
        this.text = text;
    }

    int at() {
        return at;
    }

    void moveTo(int offset) {
        at = offset;
    }

    char peek() {
        return peek(0);
    }

    char peek(int ahead) {
        return at + ahead < text.length() ? text.charAt(at + ahead) : END;
    }

    boolean isAtEnd() {
        return at >= text.length();
    }

    boolean looksAt(String expected) {
        return text.startsWith(expected, at);
    }

    boolean take(char expected) {
        boolean found = !isAtEnd() && peek() == expected;
        at += found ? 1 : 0;
        return found;
    }

    void skipBlanks() {
        while (peek() == ' ' || peek() == '\t') {
            at++;
        }
    }

    /** Past blanks and a comment, to the line's end, to something else, or to the end of the text. */
    void skipBlanksAndComment() {
        skipBlanks();
        if (peek() == '#') {
            at = endOfLine();
        }
    }

    /** Past blanks, comments and line ends. */
    void skipBlankLines() {
        skipBlanksAndComment();
        while (take('\n')) {
            skipBlanksAndComment();
        }
    }

    int endOfLine() {
        if (at < lineFrom || at > lineEnd) {
            int end = text.indexOf('\n', at);
            lineFrom = at;
            lineEnd = end < 0 ? text.length() : end;
        }
        return lineEnd;
    }

    int endOfText() {
        return text.length();
    }

    String from(int start) {
        return text.substring(start, at);
    }

    String restOfLine() {
        return text.substring(at, endOfLine());
    }

    /** Whether only blanks stand before it on its line. */
    boolean isFirstOnLine() {
        int before = at - 1;
        while (before >= 0 && (text.charAt(before) == ' ' || text.charAt(before) == '\t')) {
            before--;
        }
        return before < 0 || text.charAt(before) == '\n';
    }

    /** Takes a key, bare or in quotes. */
    Word word() throws SyntaxException {
        int start = at;
        char first = peek();
        if (first == '"' || first == '\'') {
            int close = text.indexOf(first, start + 1);
            if (close < 0 || close > endOfLine()) {
                throw new SyntaxException(start, "a quoted key without its closing quote");
            }
            at = close + 1;
            String name = text.substring(start + 1, close);
            if (!QUOTABLE.matcher(name).matches()) {
                throw new SyntaxException(
                        start,
                        "a quoted key (expected: letters, digits, blanks and _-.:/*+~@%!?&$ between the quotes)");
            }
            return new Word(name, new Source.Span(start, at));
        }
        while (isBare(peek())) {
            at++;
        }
        if (at == start) {
            throw new SyntaxException(start, "expected a key");
        }
        return new Word(text.substring(start, at), new Source.Span(start, at));
    }

    private static boolean isBare(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    }
}
