package io.fairlead.balance;

/**
 * Finds a value by its name among pairs {@code name=value}, as the Cookie header and queries have them, where it stands: nothing
 * is cut out, decoded or allocated. Names are compared byte for byte (RFC 6265, section 5.4; RFC 3986, section 6.2.1); blanks
 * around a pair do not belong to it. The first pair of the name counts.
 */
public final class Pairs {
    private Pairs() {}

    /**
     * Where the value begins.
     *
     * @param from where the pairs begin, inclusive
     * @param end where they end, exclusive
     * @return -1 if no pair has this name
     */
    public static int find(String text, int from, int end, char separator, String name) {
        int start = from;
        while (start < end) {
            int stop = stop(text, start, end, separator);
            while (start < stop && isBlank(text.charAt(start))) {
                start++;
            }
            int value = start + name.length() + 1;
            if (value <= stop && text.charAt(value - 1) == '=' && text.startsWith(name, start)) {
                return value;
            }
            start = stop + 1;
        }
        return -1;
    }

    /** Where a value ends that begins there: behind its last character. */
    public static int end(String text, int value, int end, char separator) {
        int stop = stop(text, value, end, separator);
        while (stop > value && isBlank(text.charAt(stop - 1))) {
            stop--;
        }
        return stop;
    }

    private static int stop(String text, int start, int end, char separator) {
        int next = text.indexOf(separator, start);
        return next < 0 || next > end ? end : next;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
