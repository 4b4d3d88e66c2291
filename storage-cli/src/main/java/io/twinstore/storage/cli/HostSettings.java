package io.twinstore.storage.cli;

import io.twinstore.storage.Json;
import io.twinstore.storage.NotFoundException;
import io.twinstore.storage.Page;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StoredSetting;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code settings} does. */
final class HostSettings {

    private final Terminal terminal;
    private final boolean json;

    HostSettings(Terminal terminal, boolean json) {
        this.terminal = terminal;
        this.json = json;
    }

    int list(@Nullable String scope, PageRequest request) {
        Listing listing = new Listing(terminal, request);
        try (Storage storage = Database.find(terminal)) {
            Page<StoredSetting> page =
                    scope == null
                            ? storage.settings().all(listing.request())
                            : storage.settings().inScope(scope, listing.request());
            if (json) {
                listing.printJson(storage.info(), "settings", page, HostSettings::fields);
            } else {
                listing.print(
                        storage.info(),
                        page,
                        "settings list" + (scope == null ? "" : " --scope '" + scope + "'"),
                        "No settings here.",
                        HostSettings::row);
            }
        }
        return ExitCode.OK;
    }

    int get(String key) {
        try (Storage storage = Database.find(terminal)) {
            print(storage, storage.settings().get(key));
        }
        return ExitCode.OK;
    }

    int put(String key, String value, @Nullable String scope) {
        Json given = Json.of(value);
        try (Storage storage = Database.find(terminal)) {
            print(
                    storage,
                    scope == null
                            ? storage.settings().put(key, given)
                            : storage.settings().put(key, given, scope));
        }
        return ExitCode.OK;
    }

    int delete(String key) {
        try (Storage storage = Database.find(terminal)) {
            if (!storage.settings().delete(key)) {
                throw new NotFoundException("setting", key);
            }
            Deleted.print(terminal, json, storage.info(), "Setting", key);
        }
        return ExitCode.OK;
    }

    private void print(Storage storage, StoredSetting setting) {
        if (json) {
            Map<String, @Nullable Object> fields = Database.fields(storage.info());
            fields.put("setting", fields(setting));
            terminal.out().println(Json.from(fields).text());
            return;
        }
        Layout layout = new Layout(terminal);
        layout.line("");
        layout.opened(storage.info());
        layout.line("");
        layout.field("Setting", setting.key());
        layout.styled("Value", Printable.json(setting.value().text()));
        layout.field("Scope", setting.scope());
        layout.field("Updated", layout.moment(setting.updatedAt()));
        layout.line("");
    }

    private static String row(Layout layout, StoredSetting setting) {
        return Printable.line(setting.key())
                + "  "
                + layout.fitting(setting.value().text())
                + "  "
                + layout.style().dim(Printable.line(setting.scope()));
    }

    private static Map<String, @Nullable Object> fields(StoredSetting setting) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("key", setting.key());
        fields.put("value", setting.value());
        fields.put("scope", setting.scope());
        fields.put("updatedAt", setting.updatedAt().toString());
        return fields;
    }
}
