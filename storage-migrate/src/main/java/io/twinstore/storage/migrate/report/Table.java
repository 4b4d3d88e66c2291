package io.twinstore.storage.migrate.report;

import java.util.ArrayList;
import java.util.List;

/** A table with a caption and headers; figures stand right. */
final class Table {

    private final String caption;
    private final List<String> headers;
    private final List<List<String>> rows = new ArrayList<>();

    /**
     * @param headers one for each column; those that begin with {@code #} are of figures, those
     *     with {@code $} of code
     */
    Table(String caption, String... headers) {
        this.caption = caption;
        this.headers = List.of(headers);
    }

    void row(String... cells) {
        rows.add(List.of(cells));
    }

    int rows() {
        return rows.size();
    }

    String caption() {
        return caption;
    }

    void write(Html html) {
        html.raw("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"")
                .text(caption)
                .raw("\"><table>")
                .element("caption", caption)
                .raw("<thead><tr>");
        for (String header : headers) {
            html.element("th scope=\"col\"" + kind(header), bare(header));
        }
        html.raw("</tr></thead><tbody>\n");
        for (List<String> row : rows) {
            html.raw("<tr>");
            for (int i = 0; i < row.size(); i++) {
                html.element(
                        (i == 0 ? "th scope=\"row\"" : "td") + kind(headers.get(i)), row.get(i));
            }
            html.raw("</tr>\n");
        }
        html.raw("</tbody></table></div>\n");
    }

    private static String kind(String header) {
        return header.startsWith("#")
                ? " class=\"figure\""
                : header.startsWith("$") ? " class=\"code\"" : "";
    }

    private static String bare(String header) {
        return header.startsWith("#") || header.startsWith("$") ? header.substring(1) : header;
    }
}
