package io.fairlead.health.probe;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * What a body must contain: a text, or between slashes a regular expression ({@link Pattern}) that must be found in it.
 *
 * @param text as written; empty: anything will do
 */
public record ExpectedBody(String text) {
    /** Bytes of a body that are looked at. */
    static final int LONGEST = 64 << 10;

    /** Looks at characters that one search may take: 16 at each, which is some milliseconds in all. */
    static final int LOOKS = 16 * LONGEST;

    public ExpectedBody {
        if (text.equals("//")) {
            throw new IllegalArgumentException("\"//\" (expected: something between the slashes)");
        }
        if (isExpression(text)) {
            try {
                Pattern.compile(inner(text));
            } catch (PatternSyntaxException e) {
                String what = e.getDescription() + (e.getIndex() < 0 ? "" : " at character " + (e.getIndex() + 1));
                throw new IllegalArgumentException(
                        "\"" + text + "\": " + what + " (expected: text, or a /regular expression/)", e);
            }
        }
    }

    /**
     * Reads the written form.
     *
     * @throws IllegalArgumentException if it is an expression that cannot be compiled
     */
    public static ExpectedBody parse(String text) {
        return new ExpectedBody(text);
    }

    /** Whether anything is expected at all. */
    boolean isSet() {
        return !text.isEmpty();
    }

    /** Finds it. Compiled once, used for many bodies. */
    Search search() {
        if (!isExpression(text)) {
            return body -> body.contains(text) ? Found.YES : Found.NO;
        }
        Pattern pattern = Pattern.compile(inner(text));
        return body -> {
            try {
                return pattern.matcher(new BoundedText(body, LOOKS)).find() ? Found.YES : Found.NO;
            } catch (BoundedText.Exhausted
                    | StackOverflowError e) { // an expression recurses as deeply as it backtracks
                return Found.GAVE_UP;
            }
        };
    }

    /** Looks for it in a body. */
    @FunctionalInterface
    interface Search {
        /** Takes at most some milliseconds, whatever the expression. */
        Found in(String body);
    }

    /** How a search ended. */
    enum Found {
        YES,
        NO,
        /** Neither was clear when it had taken too long. */
        GAVE_UP
    }

    private static boolean isExpression(String text) {
        return text.length() > 2 && text.startsWith("/") && text.endsWith("/");
    }

    private static String inner(String text) {
        return text.substring(1, text.length() - 1);
    }

    @Override
    public String toString() {
        return text;
    }
}
