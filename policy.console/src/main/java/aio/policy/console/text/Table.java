package aio.policy.console.text;

import java.util.ArrayList;
import java.util.List;

/** Text in aligned columns. Confined to one thread. */
public final class Table {
    private static final String GAP = "  ";

    private final List<String> headers = new ArrayList<>();
    private final List<Boolean> right = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();

    /** One line of the table, with lines of text below it. */
    private record Row(boolean marked, List<String> cells, List<String> below) {}

    /** Adds a column whose cells begin at the left. */
    public Table left(String header) {
        headers.add(header);
        right.add(false);
        return this;
    }

    /** Adds a column whose cells end at the right. */
    public Table right(String header) {
        headers.add(header);
        right.add(true);
        return this;
    }

    /**
     * Adds a line.
     *
     * @param marked whether an asterisk stands before it
     */
    public Table row(boolean marked, List<String> cells) {
        return row(marked, cells, List.of());
    }

    /** Adds a line, and lines of text below it. */
    public Table row(boolean marked, List<String> cells, List<String> below) {
        if (cells.size() != headers.size()) {
            throw new IllegalArgumentException(cells.size() + " cells: expected " + headers.size());
        }
        rows.add(new Row(marked, cells.stream().map(Plain::text).toList(), below));
        return this;
    }

    /** Returns the lines. */
    public List<String> lines() {
        int[] widths = widths();
        List<String> lines = new ArrayList<>();
        lines.add(line(false, headers, widths));
        for (Row row : rows) {
            lines.add(line(row.marked(), row.cells(), widths));
            for (String text : row.below()) {
                lines.add("    " + text);
            }
        }
        return lines;
    }

    private int[] widths() {
        int[] widths = new int[headers.size()];
        for (int column = 0; column < widths.length; column++) {
            widths[column] = headers.get(column).length();
            for (Row row : rows) {
                widths[column] = Math.max(widths[column], row.cells().get(column).length());
            }
        }
        return widths;
    }

    private String line(boolean marked, List<String> cells, int[] widths) {
        StringBuilder line = new StringBuilder(marked ? "*" : " ");
        for (int column = 0; column < widths.length; column++) {
            String cell = cells.get(column);
            String padding = " ".repeat(widths[column] - cell.length());
            line.append(column == 0 ? " " : GAP);
            line.append(right.get(column) ? padding + cell : cell + padding);
        }
        return line.toString().stripTrailing();
    }
}
