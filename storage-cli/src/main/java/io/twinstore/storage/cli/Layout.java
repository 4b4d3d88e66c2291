package io.twinstore.storage.cli;

import io.twinstore.storage.StorageInfo;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How the commands' pages look, so that they look alike. Whatever it is given is made harmless. */
final class Layout {

    private static final int LABEL = 14;
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private final PrintStream out;
    private final Style style;
    private final ZoneId zone;
    private final int width;

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
            for (String row : rows(text, room)) {
                out.println(lead + row);
                lead = indent;
            }
        }
        if (view.hidden() > 0) {
            out.println(lead + style.dim("… " + counted(view.hidden(), "more line")));
        }
        for (String call : view.calls()) {
            out.println(lead + style.cyan("→ " + Printable.clipped(call, room - 2)));
            lead = indent;
        }
        if (view.lines().isEmpty() && view.calls().isEmpty()) {
            out.println(lead + style.dim("(empty)"));
        }
    }

    /** Returns a line as one row or, broken at a space, as two; what is beyond is cut. */
    private static List<String> rows(String text, int room) {
        if (text.codePointCount(0, text.length()) <= room) {
            return List.of(text);
        }
        int space = text.lastIndexOf(' ', text.offsetByCodePoints(0, room));
        if (space < room / 2) {
            return List.of(Printable.clipped(text, room));
        }
        return List.of(
                text.substring(0, space), Printable.clipped(text.substring(space + 1), room));
    }

    /** Returns an instant in the reader's own time, to the second. */
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
