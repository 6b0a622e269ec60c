package io.fairlead.config;

import java.util.Arrays;

/**
 * The text of a configuration file and where its lines begin, so that an offset can be told as a line and a column.
 * A carriage return before a line feed is left out.
 */
final class Source {
    /**
     * A stretch of the text.
     *
     * @param start the offset of its first character
     * @param end the offset after its last
     */
    record Span(int start, int end) {}

    private final String name;
    private final String text;
    private final int[] lineStarts;
    // Where a column was asked for last, because lines may be long and problems are placed from left to right.
    private int countedTo = -1;
    private int counted;

    Source(String name, String text) {
        this.name = name;
        this.text = text.replace("\r\n", "\n");
        int[] starts = new int[(int) this.text.chars().filter(c -> c == '\n').count() + 1];
        for (int line = 1; line < starts.length; line++) {
            starts[line] = this.text.indexOf('\n', starts[line - 1]) + 1;
        }
        lineStarts = starts;
    }

    /** What messages call the file. */
    String name() {
        return name;
    }

    String text() {
        return text;
    }

    /** The line of an offset, from 1. */
    int line(int offset) {
        int found = Arrays.binarySearch(lineStarts, offset);
        return found >= 0 ? found + 1 : -found - 1;
    }

    /** The column of an offset, from 1, in code points. */
    int column(int offset) {
        int start = lineStarts[line(offset) - 1];
        boolean goesOn = countedTo >= start && countedTo <= offset;
        counted = goesOn ? counted + text.codePointCount(countedTo, offset) : text.codePointCount(start, offset);
        countedTo = offset;
        return counted + 1;
    }

    /** The whole line of an offset, without its end. */
    Span lineAt(int offset) {
        int start = lineStarts[line(offset) - 1];
        int end = text.indexOf('\n', start);
        return new Span(start, end < 0 ? text.length() : end);
    }
}
