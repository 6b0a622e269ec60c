package io.fairlead.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values from outside of the file, in strings: {@code ${NAME}} and {@code ${NAME:-default}} from the environment,
 * {@code ${file:/run/secrets/token}} from a file, less one line end at its end. <code>$${</code> stands for <code>${</code>.
 * What was put in is not looked at again.
 */
final class Interpolation {
    private static final Pattern REFERENCE = Pattern.compile(
            "\\$\\$\\{|\\$\\{(?:file:(?<file>[^}]+)|(?<name>[A-Za-z_][A-Za-z0-9_]*)(?::-(?<default>[^}]*))?)}|\\$\\{");
    private static final int LARGEST_FILE = 64 << 10;

    private final Map<String, String> environment;
    private final Path directory;

    /**
     * A string with its references replaced.
     *
     * @param text the result
     * @param foreign whether some of it came from outside of the file, and so must not be shown
     */
    record Expanded(String text, boolean foreign) {}

    /**
     * Where values come from.
     *
     * @param directory what relative paths are relative to
     */
    Interpolation(Map<String, String> environment, Path directory) {
        this.environment = Map.copyOf(environment);
        this.directory = directory;
    }

    /**
     * Replaces all references.
     *
     * @throws IllegalArgumentException if a variable is not set, a file cannot be read or a reference is malformed; the
     *     message names it, and never what it stands for
     */
    Expanded expand(String text) {
        StringBuilder expanded = new StringBuilder();
        boolean foreign = false;
        Matcher matcher = REFERENCE.matcher(text);
        while (matcher.find()) {
            boolean escaped = matcher.group().startsWith("$$");
            foreign |= !escaped;
            matcher.appendReplacement(
                    expanded, Matcher.quoteReplacement(escaped ? matcher.group().substring(1) : value(matcher)));
        }
        return new Expanded(matcher.appendTail(expanded).toString(), foreign);
    }

    private String value(Matcher reference) {
        String file = reference.group("file");
        String name = reference.group("name");
        if (file != null) {
            return content(reference.group(), file);
        }
        if (name == null) {
            throw new IllegalArgumentException("a malformed reference (expected: ${NAME}, ${NAME:-default} or"
                    + " ${file:/path}; $${ for the characters themselves)");
        }
        String given = environment.get(name);
        String otherwise = reference.group("default");
        if (otherwise != null) {
            return given == null || given.isEmpty() ? otherwise : given;
        }
        if (given == null) {
            throw new IllegalArgumentException("the environment variable " + name + " is not set (expected: a value, or"
                    + " ${" + name + ":-default})");
        }
        return given;
    }

    private String content(String reference, String file) {
        try (InputStream stream = Files.newInputStream(directory.resolve(file))) {
            byte[] bytes = stream.readNBytes(LARGEST_FILE + 1);
            if (bytes.length > LARGEST_FILE) {
                throw new IllegalArgumentException(reference + " is larger than 64KiB");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.replaceFirst("\r?\n\\z", "");
        } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException(reference + " cannot be read: " + reason(e), e);
        }
    }

    /** Why a file could not be read, in words. */
    static String reason(Exception e) {
        if (e instanceof NoSuchFileException) {
            return "no such file";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        return e instanceof CharacterCodingException ? "not UTF-8" : String.valueOf(e.getMessage());
    }
}
