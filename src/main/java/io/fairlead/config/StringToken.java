package io.fairlead.config;

import io.fairlead.config.Cursor.SyntaxException;

/**
 * A string of TOML's four kinds, from its opening to its closing quotes.
 *
 * <p>toml4j replaces escapes one kind after the other and so takes {@code "\\n"} for a backslash and a line feed; it also
 * looks for the end of {@code "\\"} behind it. A string with escapes is therefore decoded here and handed over as a literal
 * one, which has none.
 */
final class StringToken {
    private static final String THREE_BASIC = "\"\"\"";
    private static final String THREE_LITERAL = "'''";

    private final Cursor cursor;

    private StringToken(Cursor cursor) {
        this.cursor = cursor;
    }

    /** Takes the string that begins here, and gives it as toml4j reads it right. */
    static String take(Cursor cursor) throws SyntaxException {
        return new StringToken(cursor).take();
    }

    private String take() throws SyntaxException {
        int start = cursor.at();
        for (String quotes : new String[] {THREE_BASIC, THREE_LITERAL, "\"", "'"}) {
            if (cursor.looksAt(quotes)) {
                return quotes.startsWith("'") ? literal(quotes, start) : basic(quotes, start);
            }
        }
        throw new IllegalStateException("no string here");
    }

    private String literal(String quotes, int start) throws SyntaxException {
        cursor.moveTo(start + quotes.length());
        while (!cursor.looksAt(quotes)) {
            next(quotes, start);
        }
        cursor.moveTo(cursor.at() + quotes.length());
        return cursor.from(start);
    }

    private String basic(String quotes, int start) throws SyntaxException {
        cursor.moveTo(start + quotes.length());
        if (quotes.equals(THREE_BASIC)) {
            cursor.take('\n');
        }
        StringBuilder decoded = new StringBuilder();
        boolean escapes = false;
        while (!cursor.looksAt(quotes)) {
            if (cursor.peek() == '\\') {
                escapes = true;
                escape(quotes, decoded);
            } else {
                decoded.append(next(quotes, start));
            }
        }
        cursor.moveTo(cursor.at() + quotes.length());
        return escapes ? withoutEscapes(decoded.toString(), start) : cursor.from(start);
    }

    private char next(String quotes, int start) throws SyntaxException {
        char c = cursor.peek();
        if (cursor.isAtEnd() || (c == '\n' && quotes.length() == 1)) {
            throw new SyntaxException(start, "a string without its closing " + quotes);
        }
        cursor.moveTo(cursor.at() + 1);
        return c;
    }

    private void escape(String quotes, StringBuilder decoded) throws SyntaxException {
        int start = cursor.at();
        char c = cursor.peek(1);
        cursor.moveTo(start + 2);
        switch (c) {
            case 'b' -> decoded.append('\b');
            case 't' -> decoded.append('\t');
            case 'n' -> decoded.append('\n');
            case 'f' -> decoded.append('\f');
            case 'r' -> decoded.append('\r');
            case '"', '\\' -> decoded.append(c);
            case 'u' -> decoded.appendCodePoint(codePoint(4, start));
            case 'U' -> decoded.appendCodePoint(codePoint(8, start));
            default -> {
                cursor.moveTo(start + 1);
                if (!(quotes.equals(THREE_BASIC) && isJoinedLine())) {
                    throw new SyntaxException(
                            start,
                            "an unknown escape (expected: \\\\ for a backslash, or 'single quotes' around the text)");
                }
            }
        }
    }

    /** A backslash at a line's end takes away the line end and the blanks of the next lines. */
    private boolean isJoinedLine() {
        cursor.skipBlanks();
        boolean joined = cursor.peek() == '\n';
        while (joined && (cursor.take('\n') || cursor.take(' ') || cursor.take('\t'))) {}
        return joined;
    }

    private int codePoint(int digits, int start) throws SyntaxException {
        int code = 0;
        for (int i = 0; i < digits; i++) {
            int digit = Character.digit(cursor.peek(), 16);
            if (digit < 0 || cursor.peek() > 'f' || code > Character.MAX_CODE_POINT) {
                throw new SyntaxException(start, "an escape without its " + digits + " hexadecimal digits");
            }
            code = code << 4 | digit;
            cursor.moveTo(cursor.at() + 1);
        }
        if (code > Character.MAX_CODE_POINT || (code >= Character.MIN_SURROGATE && code <= Character.MAX_SURROGATE)) {
            throw new SyntaxException(start, "an escape for no Unicode character");
        }
        return code;
    }

    private static String withoutEscapes(String decoded, int start) throws SyntaxException {
        if (decoded.indexOf('\'') < 0) {
            return "'" + decoded + "'";
        }
        if (decoded.indexOf('\\') < 0) {
            return "\"" + decoded.replace("\"", "\\\"") + "\"";
        }
        if (decoded.contains(THREE_LITERAL) || decoded.endsWith("'")) {
            throw new SyntaxException(start, "a string with both a backslash and ' at its end or in threes");
        }
        return THREE_LITERAL + "\n" + decoded + THREE_LITERAL;
    }
}
