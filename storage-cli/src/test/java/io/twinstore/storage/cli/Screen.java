package io.twinstore.storage.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * As much of a terminal as progress needs: it shows what a person would see of what was written.
 */
final class Screen {

    private static final Pattern PART =
            Pattern.compile("\u001b\\[([0-9;]*)([A-Za-z])|\r|\n|[^\u001b\r\n]+", Pattern.DOTALL);

    private final List<StringBuilder> lines = new ArrayList<>(List.of(new StringBuilder()));
    private int row;
    private int column;
    private int widest;

    void write(String text) {
        Matcher part = PART.matcher(text);
        while (part.find()) {
            take(part);
        }
    }

    private void take(Matcher part) {
        String found = part.group();
        if (found.equals("\r")) {
            column = 0;
        } else if (found.equals("\n")) {
            row++;
            column = 0;
            if (row == lines.size()) {
                lines.add(new StringBuilder());
            }
        } else if (found.startsWith("\u001b")) {
            control(part.group(1), part.group(2));
        } else {
            put(found);
        }
    }

    private void control(String number, String what) {
        switch (what) {
            case "A" -> row -= Integer.parseInt(number);
            case "K" -> cut(row);
            case "J" -> {
                cut(row);
                for (int i = row + 1; i < lines.size(); i++) {
                    lines.get(i).setLength(0);
                }
            }
            case "m" -> {}
            default -> throw new IllegalArgumentException("unknown control " + what);
        }
    }

    private void cut(int line) {
        lines.get(line).setLength(Math.min(column, lines.get(line).length()));
    }

    private void put(String text) {
        StringBuilder line = lines.get(row);
        while (line.length() < column) {
            line.append(' ');
        }
        line.replace(column, Math.min(line.length(), column + text.length()), text);
        column += text.length();
        widest = Math.max(widest, Widths.of(line.toString()));
    }

    /** Returns the lines that have something, without blanks at their ends. */
    String shown() {
        return lines.stream()
                .map(line -> line.toString().stripTrailing())
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    int widest() {
        return widest;
    }

    int row() {
        return row;
    }

    int column() {
        return column;
    }
}
