package io.fairlead.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The head of a message as it stood on the wire: the start line and the fields in their order, names and values as written.
 *
 * @param startLine request line or status line
 * @param fields as they came, repeated ones too
 */
record Head(String startLine, List<Field> fields) {
    /** One field line, of a head or of trailers. */
    record Field(String name, String value) {
        static Field parse(String line) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new AssertionError("no field line: \"" + line + "\"");
            }
            return new Field(line.substring(0, colon), line.substring(colon + 1).strip());
        }
    }

    /** Reads the lines of a head, without the empty one that ends it. */
    static Head parse(List<String> lines) {
        List<Field> fields = new ArrayList<>();
        lines.subList(1, lines.size()).forEach(line -> fields.add(Field.parse(line)));
        return new Head(lines.get(0), List.copyOf(fields));
    }

    /** Of a request. */
    String method() {
        return startLine.substring(0, startLine.indexOf(' '));
    }

    /** Of a request: all between method and version, byte for byte. */
    String target() {
        return startLine.substring(startLine.indexOf(' ') + 1, startLine.lastIndexOf(' '));
    }

    /** Of a response. */
    int status() {
        if (!startLine.matches("HTTP/1\\.[01] \\d{3}( .*)?")) {
            throw new AssertionError("no status line: \"" + startLine + "\"");
        }
        return Integer.parseInt(startLine.substring(9, 12));
    }

    /** Whether it is an interim response (1xx) but not a switch of protocols. */
    boolean isInterim() {
        return status() / 100 == 1 && status() != 101;
    }

    /** Every value of the field, in order; empty if it is absent. */
    List<String> values(String name) {
        return fields.stream()
                .filter(field -> field.name.equalsIgnoreCase(name))
                .map(Field::value)
                .toList();
    }

    /** The value of a field that must be there exactly once. */
    String value(String name) {
        List<String> values = values(name);
        if (values.size() != 1) {
            throw new AssertionError(name + " stands " + values.size() + " times in " + this);
        }
        return values.get(0);
    }

    /** Whether the field is there. */
    boolean has(String name) {
        return !values(name).isEmpty();
    }

    /** Whether a field that is a list contains the token, in any case. */
    boolean lists(String name, String token) {
        return values(name).stream()
                .flatMap(value -> List.of(value.toLowerCase(Locale.ROOT).split("\\s*,\\s*")).stream())
                .anyMatch(token.toLowerCase(Locale.ROOT)::equals);
    }
}
