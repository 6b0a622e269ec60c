package io.fairlead.config;

import io.fairlead.settings.StoredFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.util.Map;
import java.util.Optional;
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
    private static final String MASK = "***";
    private static final int LARGEST_FILE = 64 << 10;

    private final Map<String, String> environment;
    private final ConsultedFiles files;

    /**
     * A string with its references replaced.
     *
     * @param text the result
     * @param foreign whether some of it came from outside of the file, and so must not be shown
     */
    record Expanded(String text, boolean foreign) {}

    /** Where values come from. */
    Interpolation(Map<String, String> environment, ConsultedFiles files) {
        this.environment = Map.copyOf(environment);
        this.files = files;
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

    /**
     * How a secret may be written: as it was, if it came from references alone. A default in one is masked.
     *
     * @return empty if some of the secret stands in the text itself
     */
    static Optional<String> withoutSecrets(String text) {
        StringBuilder shown = new StringBuilder();
        Matcher matcher = REFERENCE.matcher(text);
        int end = 0;
        while (matcher.find() && matcher.start() == end && !matcher.group().startsWith("$$")) {
            String otherwise = matcher.group("default");
            boolean hasDefault = otherwise != null && !otherwise.isEmpty();
            shown.append(hasDefault ? "${" + matcher.group("name") + ":-" + MASK + "}" : matcher.group());
            end = matcher.end();
        }
        return end > 0 && end == text.length() ? Optional.of(shown.toString()) : Optional.empty();
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
        try (InputStream stream = StoredFile.open(files.find(file))) {
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
