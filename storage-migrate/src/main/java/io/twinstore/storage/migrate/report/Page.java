package io.twinstore.storage.migrate.report;

import io.twinstore.storage.migrate.MigrationPlan;
import io.twinstore.storage.migrate.PlannedFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * The frame that all reports share: the verdict first, then figures, then whatever explains them.
 */
final class Page {

    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm:ss 'UTC'", Locale.ENGLISH)
                    .withZone(ZoneOffset.UTC);

    private static final int MOST_ROWS = 25;

    /** How a verdict looks. */
    enum Tone {
        GOOD("M5 12.5l4.5 4.5L19 7.5"),
        MIND("M12 6v8M12 17.4v.2"),
        BAD("M7 7l10 10M17 7L7 17");

        private final String mark;

        Tone(String mark) {
            this.mark = mark;
        }
    }

    /**
     * A figure that stands out.
     *
     * @param amount the figure
     * @param what what it counts
     */
    record Key(String amount, String what) {}

    private final Html html = new Html();

    /**
     * @param kind what the report is of, such as {@code Plan}
     * @param verdict one sentence
     * @param lead what else is to be known at once
     */
    Page(String kind, Tone tone, String verdict, String lead) {
        // Even if a browser were tricked into it, nothing runs and nothing is fetched.
        html.raw(
                        """
                        <!DOCTYPE html>
                        <html lang="en"><head><meta charset="utf-8"/>
                        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
                        <meta name="viewport" content="width=device-width, initial-scale=1"/>
                        <meta name="color-scheme" content="light dark"/>
                        """)
                .element("title", kind + " – " + verdict)
                .raw("<style>" + style() + "</style></head><body>\n<header class=\"")
                .raw(tone.name().toLowerCase(Locale.ROOT))
                .raw("\">")
                .element("p class=\"kind\"", kind)
                .raw("<div class=\"verdict\"><svg viewBox=\"0 0 24 24\" aria-hidden=\"true\">")
                .raw("<circle cx=\"12\" cy=\"12\" r=\"12\"/><path d=\"" + tone.mark + "\"/></svg>")
                .element("h1", verdict)
                .raw("</div>");
        if (!lead.isEmpty()) {
            html.element("p class=\"lead\"", lead);
        }
        html.raw("</header>\n<main>\n");
    }

    private static String style() {
        try (InputStream css = Page.class.getResourceAsStream("report.css")) {
            if (css == null) {
                throw new IllegalStateException("report.css is not on the class path");
            }
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Html html() {
        return html;
    }

    void keys(List<Key> keys) {
        html.raw("<dl class=\"keys\">");
        for (Key key : keys) {
            html.raw("<div>").element("dt", key.what()).element("dd", key.amount()).raw("</div>");
        }
        html.raw("</dl>\n");
    }

    void section(String heading, String text) {
        html.element("h2", heading).raw("\n");
        if (!text.isEmpty()) {
            html.element("p class=\"text\"", text).raw("\n");
        }
    }

    void chart(Bars bars) {
        if (!bars.isEmpty()) {
            bars.write(html);
        }
    }

    /** Writes a table, folded when it is long. */
    void table(Table table) {
        if (table.rows() > MOST_ROWS) {
            folded(table.caption(), Figures.counted(table.rows(), "row"), table, false);
        } else if (table.rows() > 0) {
            table.write(html);
        }
    }

    /** Writes a table that is opened by a click. */
    void folded(String summary, String detail, Table table, boolean open) {
        html.raw(open ? "<details open=\"open\">" : "<details>").raw("<summary>");
        html.element("span class=\"name\"", summary).element("span class=\"note\"", detail);
        html.raw("</summary>");
        table.write(html);
        html.raw("</details>\n");
    }

    void list(List<String> items, String kind) {
        html.raw("<ul class=\"" + kind + "\">");
        items.forEach(item -> html.element("li", item));
        html.raw("</ul>\n");
    }

    /** Writes what was moved, from where to where. */
    void facts(MigrationPlan plan, List<Key> more) {
        section("What this is about", "");
        html.raw("<dl class=\"facts\">");
        for (PlannedFile file : plan.source().files()) {
            fact("Source", file.file().toString());
            fact("SHA-256 of its content", file.sha256());
            if (file.upgradedFrom() != null) {
                fact("Upgraded on the way from", "layout " + file.upgradedFrom());
            }
        }
        fact(
                "Target",
                plan.target().postgres().address()
                        + ", database "
                        + plan.target().postgres().database());
        fact("Schema", plan.schema());
        fact("Plan", plan.id());
        more.forEach(key -> fact(key.what(), key.amount()));
        html.raw("</dl>\n");
    }

    private void fact(String what, String value) {
        html.raw("<div>").element("dt", what).element("dd", value).raw("</div>");
    }

    static String moment(Instant instant) {
        return MOMENT.format(instant);
    }

    String end() {
        return html.raw("</main>\n<footer>")
                .element("p", "Written by Twinstore. It has no values of cells and no passwords.")
                .raw("</footer></body></html>\n")
                .toString();
    }
}
