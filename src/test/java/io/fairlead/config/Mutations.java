package io.fairlead.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Configuration files with a few things wrong, by chance: what editors, templates and half-finished copies make of a right one, and what
 * nobody would write. The same seed gives the same files.
 */
public final class Mutations {
    /** Each secret of a file has this word in it. */
    public static final String SECRET = "hunter2";

    private static final Pattern EXAMPLE = Pattern.compile("(?ms)^```toml\n(.*?)^```");
    private static final Pattern PAIR = Pattern.compile("^(\\s*[\\w-]+\\s*=\\s*)(.*)$");
    private static final List<String> TOKENS = List.of(
            "\"",
            "'",
            "\"\"\"",
            "'''",
            "[",
            "]",
            "[[",
            "]]",
            "{",
            "}",
            "=",
            ",",
            ".",
            "#",
            "\\",
            "\n",
            "\r",
            "\t",
            " ",
            "${",
            "${A}",
            "}",
            "\u0000",
            "\u001b[2J",
            "\uFEFF",
            "\u202E",
            "\u0085",
            "ü",
            "\uD83D\uDE00",
            "0",
            "-1",
            "1e9",
            "0x1F",
            "99999999999999999999",
            "9".repeat(500),
            "1_".repeat(3_000),
            "true",
            "\"2s\"",
            "\"200%\"",
            "[pools.app]",
            "[[routes]]",
            "a = 1",
            "\"\\u0000\"",
            "\"\\uD800\"",
            "{ a = 1 }",
            "[1, \"a\"]",
            "(".repeat(300),
            "a.".repeat(300));

    private final Random random;

    /** Those of this seed. */
    public Mutations(long seed) {
        random = new Random(seed);
    }

    /**
     * Files that are right: the commented one as it is and with all its keys, those for tests, and the examples of the README;
     * with secrets where they have any.
     */
    public static List<String> rightFiles() throws IOException {
        List<String> files = new ArrayList<>();
        String commented = Files.readString(Path.of("config.toml"));
        files.add(commented);
        files.add(commented.replaceAll("(?m)^# (?=[a-z_0-9]+ = |\\[)", ""));
        files.add(Files.readString(Path.of("src/test/resources/config/good/everything.toml")));
        Matcher example = EXAMPLE.matcher(Files.readString(Path.of("README.md")));
        while (example.find()) {
            files.add(example.group(1));
        }
        return files.stream().map(Mutations::withSecrets).toList();
    }

    private static String withSecrets(String text) {
        return text.replaceAll("(?m)^((?:token|secret) = )[\"'][^\"'\\n]*[\"']", "$1\"" + SECRET + "-of-mine\"")
                .replaceAll("(?m)^(webhook = )\"[^\"\\n]*\"", "$1\"https://hooks.example/" + SECRET + "\"");
    }

    /** A copy of a file with one to four mutations; not always UTF-8, and now and then right after all. */
    public byte[] of(String right) {
        String text = right;
        for (int changes = random.nextInt(4); changes >= 0; changes--) {
            text = random.nextBoolean() ? characters(text) : lines(text);
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(8) == 0 && bytes.length > 0) {
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return bytes;
    }

    private String characters(String text) {
        StringBuilder changed = new StringBuilder(text);
        int at = random.nextInt(text.length() + 1);
        int end = Math.min(text.length(), at + 1 + random.nextInt(60));
        switch (random.nextInt(8)) {
            case 0 -> changed.setLength(at);
            case 1 -> changed.delete(at, end);
            case 2 -> changed.replace(at, Math.min(text.length(), at + 1), oneOf(TOKENS));
            case 3 -> changed.insert(at, text.substring(at, end));
            case 4 ->
                changed.insert(
                        at, oneOf(List.of("[", "{ a = ", "[[", "(", "\"")).repeat(1 + random.nextInt(500)));
            case 5 -> changed.insert(at, oneOf(List.of("x", " ", "9", "-", "ü")).repeat(random.nextInt(20_000)));
            default -> changed.insert(at, oneOf(TOKENS));
        }
        return changed.toString();
    }

    private String lines(String text) {
        List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
        int one = random.nextInt(lines.size());
        int other = random.nextInt(lines.size());
        switch (random.nextInt(6)) {
            case 0 -> lines.remove(one);
            case 1 -> lines.add(other, lines.get(one));
            case 2 -> Collections.swap(lines, one, other);
            case 3 -> lines.addAll(other, List.copyOf(lines.subList(one, Math.min(lines.size(), one + 10))));
            case 4 -> lines.set(one, value(lines.get(one), oneOf(TOKENS)));
            default -> swapValues(lines, one, other);
        }
        return String.join("\n", lines);
    }

    private static void swapValues(List<String> lines, int one, int other) {
        Matcher first = PAIR.matcher(lines.get(one));
        Matcher second = PAIR.matcher(lines.get(other));
        if (first.matches() && second.matches()) {
            lines.set(one, first.group(1) + second.group(2));
            lines.set(other, second.group(1) + first.group(2));
        }
    }

    private static String value(String line, String value) {
        Matcher pair = PAIR.matcher(line);
        return pair.matches() ? pair.group(1) + value : line + value;
    }

    private <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
