package io.fairlead.config;

import io.fairlead.config.Cursor.SyntaxException;
import io.fairlead.config.Cursor.Word;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Takes the value behind a key: notes where it and everything in it stands, refuses what toml4j would accept or alter in
 * silence (missing commas, mixed arrays, inline tables over several lines), and gives it as toml4j reads it right: without
 * comments, line ends and escapes.
 *
 * <p>What does not hide where the value ends is reported and passed; the rest is thrown.
 */
final class ValueScanner {
    private static final int DEEPEST = 20;
    private static final String BARE_END = " \t\n,[]{}#=\"'";
    // In an array this can only be the next table: what stands in brackets is no value.
    private static final Pattern HEADER =
            Pattern.compile("\\[{1,2}[ \\t]*(?!true\\b|false\\b)[A-Za-z_][A-Za-z0-9_. \\t\"'-]*]{1,2}[ \\t]*(#.*)?");

    private enum Kind {
        STRING,
        BOOLEAN,
        INTEGER,
        FLOAT,
        ARRAY,
        TABLE
    }

    private final Cursor cursor;
    private final Places places;
    private final Problems problems;
    private final StringBuilder clean = new StringBuilder();
    private int depth;

    ValueScanner(Cursor cursor, Places places, Problems problems) {
        this.cursor = cursor;
        this.places = places;
        this.problems = problems;
    }

    /** Takes the one value that begins here; what toml4j is to read. */
    String take(KeyPath path) throws SyntaxException {
        value(path);
        return clean.toString();
    }

    /** Whether the value broke off between brackets, so that what follows on the next lines is part of it. */
    boolean isInside() {
        return depth > 0;
    }

    private Kind value(KeyPath path) throws SyntaxException {
        int start = cursor.at();
        places.beginValue(path, start, cursor.endOfLine());
        Kind kind = switch (cursor.peek()) {
            case '"', '\'' -> string();
            case '[' -> array(path);
            case '{' -> inlineTable(path);
            default -> bare(path);
        };
        places.endValue(path, cursor.at());
        return kind;
    }

    private Kind string() throws SyntaxException {
        clean.append(StringToken.take(cursor));
        return Kind.STRING;
    }

    private Kind bare(KeyPath path) {
        int start = cursor.at();
        while (!cursor.isAtEnd() && BARE_END.indexOf(cursor.peek()) < 0) {
            cursor.moveTo(cursor.at() + 1);
        }
        String text = cursor.from(start);
        if (text.isEmpty()) {
            problems.syntax(start, path, "no value");
            cursor.moveTo(start + (cursor.peek() == '=' ? 1 : 0));
        }
        BareValue kind = BareValue.of(text).orElse(null);
        if (kind == null) {
            problems.syntax(start, path, BareValue.complaint(text));
            clean.append("''");
            return Kind.STRING;
        }
        clean.append(text);
        return switch (kind) {
            case BOOLEAN -> Kind.BOOLEAN;
            case INTEGER -> Kind.INTEGER;
            case FLOAT -> Kind.FLOAT;
        };
    }

    private Kind array(KeyPath path) throws SyntaxException {
        int start = open('[');
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        int count = 0;
        cursor.skipBlankLines();
        while (!cursor.take(']')) {
            failIfNotClosed(start);
            if (cursor.peek() == ',') {
                problems.syntax(cursor.at(), path, "a comma without a value before it");
            } else {
                int element = cursor.at();
                kinds.add(value(path.element(count)));
                if (kinds.size() > 1) {
                    problems.syntax(
                            element, path.element(count), "an array of mixed kinds (expected: elements of one kind)");
                }
                count++;
            }
            comma(path);
        }
        close(']');
        return Kind.ARRAY;
    }

    /** Takes what parts two elements; says so where it is missing. */
    private void comma(KeyPath path) {
        cursor.skipBlankLines();
        if (cursor.take(',')) {
            clean.append(',');
            cursor.skipBlankLines();
        } else if (cursor.peek() != ']' && !endsHere()) {
            boolean behindText = !cursor.isFirstOnLine() && "\"'".indexOf(cursor.peek(-1)) >= 0;
            problems.syntax(
                    cursor.at(),
                    path,
                    "no comma between two elements of an array" + (behindText ? ", or a quote missing" : ""));
            clean.append(',');
        }
    }

    private boolean endsHere() {
        return cursor.isAtEnd() || cursor.peek() == '=' || cursor.peek() == '}';
    }

    private void failIfNotClosed(int start) throws SyntaxException {
        if (endsHere() || isHeader() || isKey()) {
            throw new SyntaxException(start, "an array without its closing ]");
        }
    }

    /** Whether a key with its equals sign follows. */
    private boolean isKey() {
        int start = cursor.at();
        try {
            cursor.word();
            cursor.skipBlanks();
            return cursor.peek() == '=';
        } catch (SyntaxException e) {
            return false;
        } finally {
            cursor.moveTo(start);
        }
    }

    private Kind inlineTable(KeyPath path) throws SyntaxException {
        int start = open('{');
        Set<String> keys = new HashSet<>();
        skipBlanksInTable(start, path);
        while (!cursor.take('}')) {
            Word key = cursor.word();
            boolean again = !keys.add(key.name());
            if (again) {
                problems.syntax(key.span().start(), path.child(key.name()), "given twice in one inline table");
            }
            pair(again ? KeyPath.NOWHERE.child(key.name()) : path.child(key.name()), key);
            skipBlanksInTable(start, path);
            int comma = cursor.at();
            if (!cursor.take(',') && cursor.peek() != '}') {
                throw new SyntaxException(comma, "expected a comma or } in an inline table");
            }
            skipBlanksInTable(start, path);
            if (cursor.at() > comma && cursor.peek() == '}') {
                problems.syntax(comma, path, "a comma behind the last key of an inline table");
            } else if (cursor.at() > comma) {
                clean.append(',');
            }
        }
        close('}');
        return Kind.TABLE;
    }

    private void pair(KeyPath path, Word key) throws SyntaxException {
        places.beginKey(path, key.span(), cursor.endOfLine());
        clean.append('"').append(key.name()).append("\"=");
        cursor.skipBlanks();
        if (cursor.peek() == '.') {
            throw new SyntaxException(
                    key.span().start(), "a dotted key (expected: a table, " + key.name() + " = { ... })");
        }
        if (!cursor.take('=')) {
            throw new SyntaxException(cursor.at(), "expected = behind the key");
        }
        cursor.skipBlanks();
        value(path);
    }

    private void skipBlanksInTable(int start, KeyPath path) throws SyntaxException {
        cursor.skipBlanks();
        boolean overLines = cursor.peek() == '\n' || cursor.peek() == '#';
        cursor.skipBlankLines();
        if (cursor.isAtEnd() || isHeader()) {
            throw new SyntaxException(start, "an inline table without its closing }");
        }
        if (overLines) {
            problems.syntax(start, path, "an inline table over several lines (expected: its } on the same line)");
        }
    }

    private boolean isHeader() {
        return cursor.isFirstOnLine() && HEADER.matcher(cursor.restOfLine()).matches();
    }

    private int open(char bracket) throws SyntaxException {
        int start = cursor.at();
        if (depth == DEEPEST) {
            throw new SyntaxException(start, "more than " + DEEPEST + " brackets in one another");
        }
        depth++;
        clean.append(bracket);
        cursor.take(bracket);
        return start;
    }

    private void close(char bracket) {
        depth--;
        clean.append(bracket);
    }
}
