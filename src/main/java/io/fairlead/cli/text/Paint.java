package io.fairlead.cli.text;

/**
 * Colours for a terminal.
 *
 * @param on whether there are any: not in a file, and not where {@code NO_COLOR} asks for none
 */
public record Paint(boolean on) {
    /** None. */
    public static final Paint NONE = new Paint(false);

    /** What a colour says. */
    public enum Colour {
        GREEN(32),
        RED(31),
        YELLOW(33),
        BOLD(1),
        DIM(2);

        private final int code;

        Colour(int code) {
            this.code = code;
        }
    }

    /** The text in this colour. */
    public String paint(Colour colour, String text) {
        return on ? "\u001b[" + colour.code + "m" + text + "\u001b[0m" : text;
    }
}
