package io.twinstore.storage.migrate.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A chart of horizontal bars: names and amounts are text, so that they keep their size on any
 * screen, and each bar is an SVG image of its own.
 */
final class Bars {

    private static final int MOST = 15;

    /**
     * A bar of one or two parts.
     *
     * @param name what it is of
     * @param first the part in the first colour
     * @param second the part in the second
     * @param shown the amount as people read it
     */
    record Bar(String name, double first, double second, String shown) {
        double whole() {
            return first + second;
        }
    }

    private final String caption;
    private final String note;
    private final List<Bar> bars = new ArrayList<>();

    /**
     * @param note what the colours mean, or what else is to be said; empty for nothing
     */
    Bars(String caption, String note) {
        this.caption = caption;
        this.note = note;
    }

    void add(Bar bar) {
        bars.add(bar);
    }

    boolean isEmpty() {
        return bars.stream().allMatch(bar -> bar.whole() == 0);
    }

    /** Writes the longest bars, the others counted below. */
    void write(Html html) {
        List<Bar> sorted = new ArrayList<>(bars);
        sorted.sort(Comparator.comparingDouble(Bar::whole).reversed());
        double longest = sorted.isEmpty() ? 0 : sorted.get(0).whole();
        html.raw("<figure>").element("figcaption", caption);
        if (!note.isEmpty()) {
            html.element("p class=\"note\"", note);
        }
        html.raw("<ol class=\"bars\">");
        sorted.stream().limit(MOST).forEach(bar -> write(html, bar, longest));
        html.raw("</ol>");
        if (sorted.size() > MOST) {
            html.element(
                    "p class=\"note\"",
                    Figures.counted(sorted.size() - MOST, "more").replace("mores", "more")
                            + ", each shorter than these; the table has them all.");
        }
        html.raw("</figure>\n");
    }

    private static void write(Html html, Bar bar, double longest) {
        double first = longest == 0 ? 0 : 100 * bar.first() / longest;
        double second = longest == 0 ? 0 : 100 * bar.second() / longest;
        html.raw("<li>").element("span class=\"name\"", bar.name());
        html.raw("<svg role=\"img\" height=\"14\" width=\"100%\">");
        html.element("title", bar.name() + ": " + bar.shown());
        html.raw("<rect class=\"track\" width=\"100%\" height=\"14\" rx=\"2\"/>");
        rect(html, "first", 0, first);
        rect(html, "second", first, second);
        html.raw("</svg>").element("span class=\"amount\"", bar.shown()).raw("</li>");
    }

    private static void rect(Html html, String part, double from, double width) {
        if (width > 0) {
            // A sliver of what is there can still be seen.
            html.raw(
                    String.format(
                            Locale.ROOT,
                            "<rect class=\"%s\" x=\"%.2f%%\" width=\"%.2f%%\" height=\"14\" rx=\"2\"/>",
                            part,
                            Math.min(from, 99.6),
                            Math.max(width, 0.4)));
        }
    }
}
