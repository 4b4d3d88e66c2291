package io.twinstore.storage.cli;

import io.twinstore.storage.StorageInfo;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How the commands' pages look, so that they look alike. Whatever it is given is made harmless. */
final class Layout {

    private static final int LABEL = 14;
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss XXX", Locale.ROOT);

    private final PrintStream out;
    private final Style style;
    private final ZoneId zone;
    private final int width;
    private boolean cut;

    Layout(Terminal terminal) {
        out = terminal.out();
        style = terminal.style();
        zone = terminal.zone();
        width = terminal.width();
    }

    Style style() {
        return style;
    }

    int width() {
        return width;
    }

    /** Returns whether something on this page ends with an ellipsis, for want of room. */
    boolean cut() {
        return cut;
    }

    /** Returns as much of a field's value as fits its line, as a harmless line. */
    String fitting(String value) {
        return clipped(value, width - LABEL - 2);
    }

    private String clipped(String text, int room) {
        String shown = Printable.clipped(text, room);
        cut |= shown.endsWith("…");
        return shown;
    }

    /** Starts a page with the database that was opened, where it is, and whether it was there. */
    void opened(StorageInfo info) {
        field("Database", info.databaseVersion());
        String place = Printable.line(info.location());
        String made = info.created() ? style.green("(made just now)") : style.dim("(found)");
        styled("Location", place + "  " + made);
    }

    /** Prints a label and its value. */
    void field(String label, @Nullable Object value) {
        styled(label, value == null ? style.dim("none") : Printable.line(value.toString()));
    }

    /** Prints a label and a value that is harmless and coloured already. */
    void styled(String label, String value) {
        out.println("  " + style.dim(Printable.column(label, LABEL)) + value);
    }

    /** Prints a heading with a blank line before it. */
    void heading(String text) {
        out.println();
        out.println("  " + style.bold(Printable.line(text)));
    }

    /** Prints a line that is harmless and coloured already. */
    void line(String text) {
        out.println(text.isEmpty() ? "" : "  " + text);
    }

    /** Prints a message: its place, who speaks, the first lines, the tools it calls. */
    void message(MessageView view) {
        String indent = " ".repeat(20);
        int room = width - indent.length();
        String lead =
                style.dim(String.format("%6d", view.sequence()))
                        + "  "
                        + style.role(view.role(), Printable.column(view.role(), 11))
                        + " ";
        for (String text : view.lines()) {
            for (String row : view.whole() ? folded(text, room) : rows(text, room)) {
                out.println(lead + row);
                lead = indent;
            }
        }
        if (view.hidden() > 0) {
            cut = true;
            out.println(lead + style.dim("… " + counted(view.hidden(), "more line")));
        }
        for (String call : view.calls()) {
            String arrow = "→ ";
            for (String row :
                    view.whole() ? folded(call, room - 2) : List.of(clipped(call, room - 2))) {
                out.println(lead + style.cyan(arrow + row));
                lead = indent;
                arrow = "  ";
            }
        }
        if (view.lines().isEmpty() && view.calls().isEmpty()) {
            out.println(lead + style.dim("(empty)"));
        }
    }

    /** Returns a line as one row or, broken at a space, as two; what is beyond is cut. */
    private List<String> rows(String text, int room) {
        if (text.codePointCount(0, text.length()) <= room) {
            cut |= text.endsWith("…");
            return List.of(text);
        }
        int space = text.lastIndexOf(' ', text.offsetByCodePoints(0, room));
        if (space < room / 2) {
            return List.of(clipped(text, room));
        }
        return List.of(text.substring(0, space), clipped(text.substring(space + 1), room));
    }

    /** Returns a line as as many rows as it takes, broken at spaces where there are some. */
    private static List<String> folded(String text, int room) {
        List<String> rows = new ArrayList<>();
        int from = 0;
        while (text.codePointCount(from, text.length()) > room) {
            int end = text.offsetByCodePoints(from, room);
            int space = text.lastIndexOf(' ', end);
            int to = space > from + room / 2 ? space : end;
            rows.add(text.substring(from, to));
            from = to == space ? to + 1 : to;
        }
        rows.add(text.substring(from));
        return rows;
    }

    /** Returns an instant in the reader's own time and with its offset, to the second. */
    String moment(@Nullable Instant instant) {
        return instant == null ? "-" : MOMENT.format(instant.atZone(zone));
    }

    /** Returns {@code 1 page}, {@code 2 pages}. */
    static String counted(long count, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", count, noun, count == 1 ? "" : "s");
    }

    /**
     * Returns a duration with three figures or so: {@code 0.14 ms}, {@code 312 ms}, {@code 4.2 s}.
     */
    static String time(Duration duration) {
        double millis = duration.toNanos() / 1e6;
        if (millis < 10) {
            return String.format(Locale.ROOT, "%.2f ms", millis);
        }
        return millis < 1000
                ? String.format(Locale.ROOT, "%.0f ms", millis)
                : String.format(Locale.ROOT, "%.1f s", millis / 1000);
    }
}
