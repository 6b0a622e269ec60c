package io.fairlead.config;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A file of TOML 0.4 by chance, with none of what toml4j reads wrong: no escapes, no quotes in comments behind headers, and
 * a table before the arrays of tables in it.
 */
final class RandomToml {
    private static final List<String> TEXTS = List.of(
            "", "text", "a b", "#", "a = b", "[x]", "{ y }", "a, b", "10.0.0.1:80", "größe", "${NAME}", "}]", "2s");
    private static final List<String> COMMENTS = List.of("", "", "# plain", "# a = 1, [x] {y}", "  #");

    private final Random random;
    private final StringBuilder text = new StringBuilder();
    private int names;

    RandomToml(long seed) {
        random = new Random(seed);
    }

    String text() {
        pairs();
        for (int i = random.nextInt(5); i > 0; i--) {
            String name = name();
            header("[" + name + "]");
            for (int j = random.nextInt(3); j > 0; j--) {
                header("[" + name + "." + name() + "]");
            }
            String array = random.nextBoolean() ? name() : name + "." + name();
            for (int j = random.nextInt(3); j > 0; j--) {
                header("[[" + array + "]]");
            }
        }
        return text.toString();
    }

    private void header(String header) {
        text.append(blanks()).append(header).append(random.nextBoolean() ? " # plain\n" : "\n");
        pairs();
    }

    private void pairs() {
        for (int i = random.nextInt(4); i > 0; i--) {
            text.append(blanks()).append(key()).append(blanks()).append('=').append(blanks());
            text.append(value(2, true)).append(oneOf(COMMENTS)).append('\n');
            text.append(random.nextInt(4) == 0 ? oneOf(COMMENTS) + "\n" : "");
        }
    }

    private String value(int depth, boolean overLines) {
        return switch (random.nextInt(depth > 0 ? 6 : 4)) {
            case 0 -> number();
            case 1 -> random.nextBoolean() ? "true" : "false";
            case 2, 3 -> string(overLines);
            case 4 -> array(depth - 1, overLines);
            default -> table(depth - 1);
        };
    }

    private String number() {
        return oneOf(List.of("0", "-1", "+7", "1_000", "123456789012", "0.5", "-12.25", "+3.75"));
    }

    private String string(boolean overLines) {
        String content = oneOf(TEXTS);
        return switch (random.nextInt(overLines ? 4 : 2)) {
            case 0 -> "\"" + content + "\"";
            case 1 -> "'" + content + "'";
            case 2 -> "\"\"\"\n" + content + "\n\"\"\"";
            default -> "'''" + content + "\n'''";
        };
    }

    /** Elements of one kind. */
    private String array(int depth, boolean overLines) {
        List<Supplier<String>> kinds = List.of(
                () -> oneOf(List.of("1", "-2")),
                () -> "1.5",
                () -> string(false),
                () -> depth > 0 ? table(depth - 1) : "{}",
                () -> depth > 0 ? array(depth - 1, overLines) : "[]");
        Supplier<String> kind = kinds.get(random.nextInt(kinds.size()));
        String gap = overLines && random.nextBoolean() ? "\n  " : " ";
        String elements = IntStream.range(0, random.nextInt(4))
                .mapToObj(i -> kind.get())
                .collect(Collectors.joining("," + (gap.equals(" ") ? gap : " # next" + gap)));
        return "[" + gap + elements + (elements.isEmpty() || random.nextBoolean() ? "" : ",") + gap + "]";
    }

    private String table(int depth) {
        return IntStream.range(0, random.nextInt(3))
                .mapToObj(i -> bareKey() + " = " + value(depth, false))
                .collect(Collectors.joining(", ", "{ ", " }"));
    }

    private String key() {
        return random.nextInt(5) == 0 ? "\"" + name() + ".x y\"" : bareKey();
    }

    private String bareKey() {
        return name() + oneOf(List.of("", "_x", "-x", "_9"));
    }

    private String name() {
        return "n" + names++;
    }

    private String blanks() {
        return oneOf(List.of("", " ", "\t", "  "));
    }

    private <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
