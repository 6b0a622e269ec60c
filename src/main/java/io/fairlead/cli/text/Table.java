package io.fairlead.cli.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Rows under a head, in columns as wide as their widest cell; the last column takes what room is left. */
public final class Table {
    private static final int GAP = 2;

    private final List<List<String>> rows = new ArrayList<>();
    private final Set<Integer> numbers;

    /**
     * An empty one.
     *
     * @param head what stands above each column
     * @param numbers columns that end at the same place rather than begin there, counted from 0
     */
    public Table(List<String> head, Set<Integer> numbers) {
        rows.add(head);
        this.numbers = numbers;
    }

    /** Adds a row; cells are made plain. */
    public void add(List<String> cells) {
        rows.add(cells.stream().map(Plain::line).toList());
    }

    /** One text per row, the head first, without blanks at the end. */
    public List<String> lines() {
        int columns = rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], length(row.get(i)));
            }
        }
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String room = " ".repeat(widths[i] - length(row.get(i)));
            line.append(numbers.contains(i) ? room + row.get(i) : row.get(i) + room)
                    .append(" ".repeat(GAP));
        }
        return line.toString().stripTrailing();
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** The beginning of a text that fits into so many columns; "…" says that there is more. */
    public static String cut(String text, int columns) {
        if (length(text) <= columns) {
            return text;
        }
        return columns < 1 ? "" : text.substring(0, text.offsetByCodePoints(0, columns - 1)) + "…";
    }
}
