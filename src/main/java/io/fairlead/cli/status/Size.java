package io.fairlead.cli.status;

/**
 * Of a terminal's window.
 *
 * @param rows at least one
 * @param columns at least one
 */
record Size(int rows, int columns) {
    /** What terminals had before they had windows. */
    static final Size USUAL = new Size(24, 80);

    /** As {@code stty size} writes it: {@code "24 80"}; the usual one if it is not like that. */
    static Size parse(String text) {
        if (!text.strip().matches("[1-9]\\d{0,3} [1-9]\\d{0,3}")) {
            return USUAL;
        }
        String[] parts = text.strip().split(" ", -1);
        return new Size(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    }
}
