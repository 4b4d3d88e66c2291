package io.twinstore.storage.cli;

import io.twinstore.storage.migrate.report.Figures;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Two bars that move in place: the table that is worked on, and all of them. Each picture goes out
 * in one write and overwrites the one before, so that nothing flickers.
 */
final class MoveBars {

    private static final long STEP_NANOS = 100_000_000;
    private static final int LONGEST_BAR = 30;
    private static final int SHORTEST_BAR = 8;
    private static final int LONGEST_NAME = 28;
    private static final String PARTS = " ▏▎▍▌▋▊▉";

    private final PrintStream err;
    private final Style style;
    private final int width;
    private long next;
    private int shown;

    MoveBars(Terminal terminal) {
        err = terminal.err();
        style = terminal.style();
        // The last column stays free: writing there would make some terminals go to the next line.
        width = terminal.width() - 1;
    }

    /**
     * @param surely also when the last picture is not old enough to be replaced
     */
    void show(MoveState state, long now, boolean surely) {
        if (shown > 0 && !surely && now - next < 0) {
            return;
        }
        next = now + STEP_NANOS;
        List<String> lines = lines(state, now);
        StringBuilder picture = new StringBuilder(up());
        for (int i = 0; i < lines.size(); i++) {
            picture.append(i == 0 ? "\r" : "\n").append(lines.get(i)).append("\u001b[K");
        }
        // What an earlier picture had below.
        picture.append("\u001b[J");
        err.print(picture);
        err.flush();
        shown = lines.size();
    }

    private String up() {
        return shown > 1 ? "\u001b[" + (shown - 1) + "A" : "";
    }

    /** Takes the picture away, and leaves the cursor where the first line began. */
    void clear() {
        if (shown > 0) {
            err.print(up() + "\r\u001b[J");
            err.flush();
            shown = 0;
        }
    }

    private List<String> lines(MoveState state, long now) {
        List<String> lines = new ArrayList<>();
        String step = state.step();
        if (step != null) {
            lines.add(style.dim("  " + Widths.column(step, width - 2).stripTrailing()));
        } else {
            lines.add(
                    line(
                            state.table(),
                            state.part(),
                            List.of(
                                    percent(state.part()),
                                    left(state.tableSecondsLeft(now), state.part()),
                                    Figures.whole(state.rows())
                                            + " of "
                                            + Figures.whole(state.of()),
                                    rate(state.rowsPerSecond(now)),
                                    bytes(state.bytesPerSecond(now)))));
        }
        if (state.knowsAll()) {
            lines.add(
                    line(
                            "all tables",
                            state.partOfAll(),
                            List.of(
                                    percent(state.partOfAll()),
                                    left(state.secondsLeft(now), state.partOfAll()),
                                    state.tablesDone() + " of " + state.tables() + " tables")));
        }
        return lines;
    }

    /** As many of the figures as there is room for, the first ones before the others. */
    private String line(String name, double part, List<String> figures) {
        int names = Math.min(LONGEST_NAME, width / 4);
        StringBuilder after = new StringBuilder();
        int room = width - 2 - names - 1 - SHORTEST_BAR;
        for (String figure : figures) {
            if (!figure.isBlank() && after.length() + 2 + figure.length() <= room) {
                after.append("  ").append(figure);
            }
        }
        int bar = Math.min(LONGEST_BAR, Math.max(SHORTEST_BAR, width - 3 - names - after.length()));
        return "  "
                + style.bold(Widths.column(name, names))
                + " "
                + style.cyan(bar(part, bar))
                + after;
    }

    private static String bar(double part, int width) {
        int eighths = (int) Math.floor(Math.max(0, Math.min(1, part)) * width * PARTS.length());
        int whole = eighths / PARTS.length();
        StringBuilder bar = new StringBuilder("█".repeat(whole));
        if (whole < width) {
            char rest = PARTS.charAt(eighths % PARTS.length());
            bar.append(rest == ' ' ? '░' : rest).append("░".repeat(width - whole - 1));
        }
        return bar.toString();
    }

    private static String percent(double part) {
        return String.format(Locale.ROOT, "%3d %%", (int) Math.floor(part * 100));
    }

    private static String left(double seconds, double part) {
        return part >= 1
                ? String.format(Locale.ROOT, "%9s", "done")
                : seconds < 0
                        ? String.format(Locale.ROOT, "%9s", "")
                        : String.format(Locale.ROOT, "%4s left", Figures.clock(seconds));
    }

    private static String rate(double rows) {
        return rows <= 0 ? "" : Figures.whole(Math.round(rows)) + " rows/s";
    }

    private static String bytes(double bytes) {
        return bytes <= 0 ? "" : Figures.bytes(bytes) + "/s";
    }
}
