package io.twinstore.storage.cli;

import io.twinstore.storage.Json;
import io.twinstore.storage.StorageInfo;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says that something was removed. */
final class Deleted {

    private Deleted() {}

    static void print(Terminal terminal, boolean json, StorageInfo info, String what, String id) {
        if (json) {
            Map<String, @Nullable Object> fields = Database.fields(info);
            fields.put("deleted", id);
            terminal.out().println(Json.from(fields).text());
            return;
        }
        Layout layout = new Layout(terminal);
        layout.line("");
        layout.opened(info);
        layout.line("");
        layout.field(what, id + ", deleted");
        layout.line("");
    }
}
