package io.fairlead.cli.text;

/** Text that moves no cursor and turns no direction, whoever sent it: members are quoted, and ids may be anything. */
public final class Plain {
    private static final String CONTROL = "[\\p{Cntrl}\\u0080-\\u009f\\p{Cf}\\u2028\\u2029]";

    private Plain() {}

    /** On one line. */
    public static String line(String text) {
        return text.replaceAll(CONTROL, ".");
    }

    /** Of several lines, which stay so, as do tabs. */
    public static String lines(String text) {
        return text.replaceAll("(?![\\n\\t])" + CONTROL, ".");
    }
}
