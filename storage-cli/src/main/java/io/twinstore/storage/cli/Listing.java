package io.twinstore.storage.cli;

import io.twinstore.storage.Cursor;
import io.twinstore.storage.Json;
import io.twinstore.storage.Page;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.StorageInfo;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One page of records, a line to each. */
final class Listing {

    private final Terminal terminal;
    private final PageRequest request;

    Listing(Terminal terminal, PageRequest request) {
        this.terminal = terminal;
        this.request = request;
    }

    PageRequest request() {
        return request;
    }

    <T> void printJson(
            StorageInfo info,
            String name,
            Page<T> page,
            Function<T, Map<String, @Nullable Object>> fieldsOf) {
        Map<String, @Nullable Object> fields = Database.fields(info);
        fields.put(name, page.items().stream().map(fieldsOf).toList());
        fields.put("nextCursor", page.next().map(Cursor::token).orElse(null));
        terminal.out().println(Json.from(fields).text());
    }

    /**
     * @param command what lists the next page
     * @param none what to say where there is nothing at all
     */
    <T> void print(
            StorageInfo info,
            Page<T> page,
            String command,
            String none,
            BiFunction<Layout, T, String> row) {
        Layout layout = new Layout(terminal);
        layout.line("");
        layout.opened(info);
        layout.line("");
        if (page.items().isEmpty()) {
            layout.line(request.cursor() == null ? none : "No more.");
        }
        page.items().forEach(item -> layout.line(row.apply(layout, item)));
        page.next()
                .ifPresent(
                        next -> {
                            String again =
                                    terminal.command()
                                            + " "
                                            + Printable.line(command)
                                            + " --limit "
                                            + request.size()
                                            + " --cursor ";
                            layout.line("");
                            layout.line(
                                    layout.style().dim("Next page: " + again)
                                            + Printable.line(next.token()));
                        });
        layout.line("");
    }
}
