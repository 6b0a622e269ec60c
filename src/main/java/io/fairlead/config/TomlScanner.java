package io.fairlead.config;

import io.fairlead.config.Cursor.SyntaxException;
import io.fairlead.config.Cursor.Word;
import io.fairlead.config.TomlDocument.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads a file as TOML 0.4, strictly, statement by statement: comments, headers and keys here, values with
 * {@link ValueScanner}, what they mean with {@link Toml4j}. After an error it goes on with the next statement, so that one
 * run finds them all.
 */
final class TomlScanner {
    private static final Pattern STATEMENT = Pattern.compile("\\s*(?:(?:[A-Za-z0-9_.-]+|\"[^\"]*\"|'[^']*')[ \\t]*=.*"
            + "|\\[{1,2}[ \\t]*[A-Za-z_][^,=]*]{1,2}[ \\t]*(?:#.*)?)");

    private static final int DEEPEST = 20;

    private final Problems problems;
    private final TomlDocument document;
    private final Cursor cursor;
    private Table table;

    private TomlScanner(Source source, Problems problems) {
        this.problems = problems;
        this.document = new TomlDocument(source);
        this.cursor = new Cursor(withBlanks(source.text()));
        this.table = document.root();
    }

    /** Reads the text; what is wrong with it goes to the problems, what is right into the document. */
    static TomlDocument scan(Source source, Problems problems) {
        reportForbidden(source, problems);
        TomlScanner scanner = new TomlScanner(source, problems);
        scanner.statements();
        return scanner.document;
    }

    private static void reportForbidden(Source source, Problems problems) {
        String text = source.text();
        for (int i = 0; i < text.length(); i++) {
            if (isForbidden(text.charAt(i))) {
                problems.syntax(i, KeyPath.ROOT, complaint(text.charAt(i)));
            }
        }
    }

    private static String complaint(char c) {
        return switch (c) {
            case '\uFEFF' -> "a byte order mark (expected: UTF-8 without it)";
            case '\r' -> "a carriage return alone (expected: lines that end in a line feed)";
            default -> String.format("the control character U+%04X (expected: none but tabs)", (int) c);
        };
    }

    private static boolean isForbidden(char c) {
        return (c < ' ' && c != '\t' && c != '\n') || c == '\u007F' || c == '\uFEFF';
    }

    /** In the place of what is forbidden, and was reported. */
    private static String withBlanks(String text) {
        char[] characters = text.toCharArray();
        for (int i = 0; i < characters.length; i++) {
            characters[i] = isForbidden(characters[i]) ? ' ' : characters[i];
        }
        return new String(characters);
    }

    private void statements() {
        cursor.skipBlankLines();
        while (!cursor.isAtEnd()) {
            if (cursor.peek() == '[') {
                header();
            } else {
                keyAndValue();
            }
            cursor.skipBlankLines();
        }
    }

    private void header() {
        int start = cursor.at();
        try {
            cursor.take('[');
            boolean array = cursor.take('[');
            List<Word> names = new ArrayList<>();
            do {
                cursor.skipBlanks();
                names.add(cursor.word());
                cursor.skipBlanks();
            } while (cursor.take('.') && names.size() < DEEPEST);
            if (names.size() == DEEPEST && cursor.peek() != ']') {
                throw new SyntaxException(start, "a name of more than " + DEEPEST + " parts");
            }
            if (!cursor.take(']') || (array && !cursor.take(']'))) {
                throw new SyntaxException(cursor.at(), "expected " + (array ? "]]" : "]") + " behind the name");
            }
            endOfLine();
            table = document.open(names, array);
        } catch (SyntaxException e) {
            problems.syntax(Math.max(start, e.offset()), KeyPath.ROOT, e.complaint());
            document.damage();
            table = new Table(KeyPath.NOWHERE);
            cursor.moveTo(cursor.endOfLine());
        }
    }

    private void keyAndValue() {
        Word key;
        try {
            key = cursor.word();
        } catch (SyntaxException e) {
            problems.syntax(e.offset(), table.path(), e.complaint());
            document.damage();
            cursor.moveTo(cursor.endOfLine());
            return;
        }
        KeyPath path = table.path().child(key.name());
        String hindrance = document.claim(path);
        if (hindrance == null) {
            table.entries().put(key.name(), value(path, key));
        } else {
            problems.syntax(key.span().start(), path, hindrance);
            value(KeyPath.NOWHERE.child(key.name()), key);
        }
    }

    /** What stands behind the key, or that it could not be read. */
    private Object value(KeyPath path, Word key) {
        int found = problems.count();
        int start = cursor.at();
        ValueScanner values = new ValueScanner(cursor, document.places(), problems);
        document.places().beginKey(path, key.span(), cursor.endOfLine());
        try {
            equalsSign(key);
            start = cursor.at();
            String clean = values.take(path);
            endOfLine();
            return problems.count() > found ? TomlDocument.BROKEN : Toml4j.read(clean);
        } catch (SyntaxException e) {
            problems.syntax(e.offset(), path, e.complaint());
            toNextStatement(e.offset(), values.isInside());
        } catch (IllegalArgumentException e) {
            problems.syntax(start, path, String.valueOf(e.getMessage()));
        }
        return TomlDocument.BROKEN;
    }

    private void equalsSign(Word key) throws SyntaxException {
        cursor.skipBlanks();
        if (cursor.peek() == '.') {
            KeyPath here = table.path().child(key.name());
            throw new SyntaxException(
                    key.span().start(),
                    "a dotted key (expected: the header [" + here + "] and the rest of the key under it)");
        }
        if (!cursor.take('=')) {
            throw new SyntaxException(cursor.at(), "expected = behind the key");
        }
        cursor.skipBlanks();
    }

    private void endOfLine() throws SyntaxException {
        cursor.skipBlanksAndComment();
        if (!cursor.isAtEnd() && cursor.peek() != '\n') {
            throw new SyntaxException(cursor.at(), "expected the end of the line");
        }
    }

    /** To the next line; if the value goes on over lines, to the next line that looks like a statement. */
    private void toNextStatement(int offset, boolean inside) {
        int given = cursor.at();
        cursor.moveTo(offset);
        boolean overLines = inside || given > cursor.endOfLine();
        do {
            cursor.moveTo(Math.min(cursor.endOfLine() + 1, cursor.endOfText()));
        } while (overLines
                && !cursor.isAtEnd()
                && !STATEMENT.matcher(cursor.restOfLine()).matches());
    }
}
