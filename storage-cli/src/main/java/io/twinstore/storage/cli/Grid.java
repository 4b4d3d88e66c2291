package io.twinstore.storage.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Lines whose columns stand below each other, each as wide as what is in it and two blanks apart.
 * The first column is cut with an ellipsis where the line would not fit; figures stand right.
 */
final class Grid {

    private static final int GAP = 2;
    private static final int SHORTEST = 12;

    private final Layout layout;
    private final List<List<String>> rows = new ArrayList<>();

    Grid(Layout layout) {
        this.layout = layout;
    }

    /**
     * Adds a line.
     *
     * @param cells of any text; those that begin with a digit stand right
     */
    void row(String... cells) {
        List<String> shown = new ArrayList<>();
        for (String cell : cells) {
            shown.add(Printable.line(cell));
        }
        rows.add(shown);
    }

    void print() {
        List<Integer> widths = new ArrayList<>();
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                int width = Widths.of(row.get(i));
                if (i == widths.size()) {
                    widths.add(width);
                } else {
                    widths.set(i, Math.max(widths.get(i), width));
                }
            }
        }
        if (!widths.isEmpty()) {
            int others = widths.stream().skip(1).mapToInt(w -> w + GAP).sum();
            int room = Math.max(SHORTEST, layout.width() - GAP - others);
            widths.set(0, Math.min(widths.get(0), room));
        }
        rows.forEach(row -> layout.line(line(row, widths).stripTrailing()));
    }

    private String line(List<String> row, List<Integer> widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            String cell = row.get(i);
            boolean right = i > 0 && !cell.isEmpty() && Character.isDigit(cell.charAt(0));
            line.append(i == 0 ? "" : " ".repeat(GAP));
            line.append(
                    right
                            ? " ".repeat(widths.get(i) - Widths.of(cell)) + cell
                            : Widths.column(cell, widths.get(i)));
        }
        return line.toString();
    }
}
