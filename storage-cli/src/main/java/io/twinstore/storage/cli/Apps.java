package io.twinstore.storage.cli;

import io.twinstore.storage.AppId;
import io.twinstore.storage.Application;
import io.twinstore.storage.ApplicationStore;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.IssuedKey;
import io.twinstore.storage.Json;
import io.twinstore.storage.NewApplication;
import io.twinstore.storage.NotFoundException;
import io.twinstore.storage.Page;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.Storage;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What {@code apps} does. A key goes to standard output, once, and nowhere else. */
final class Apps {

    private final Terminal terminal;
    private final boolean json;

    Apps(Terminal terminal, boolean json) {
        this.terminal = terminal;
        this.json = json;
    }

    int list(PageRequest request) {
        Listing listing = new Listing(terminal, request);
        try (Storage storage = Database.find(terminal)) {
            Page<Application> page = storage.applications().list(listing.request());
            if (json) {
                listing.printJson(storage.info(), "applications", page, Apps::fields);
            } else {
                listing.print(
                        storage.info(),
                        page,
                        "apps list",
                        "No applications here. To make one: " + terminal.command() + " apps create",
                        Apps::row);
            }
        }
        return ExitCode.OK;
    }

    int create(String name, @Nullable String id, String settings) {
        NewApplication named = NewApplication.named(name).settings(Json.of(settings));
        NewApplication application = id == null ? named : named.id(AppId.of(id));
        return issue(applications -> applications.create(application));
    }

    int rotate(String app, String overlap) {
        Duration time = duration(overlap);
        return issue(applications -> applications.rotateKey(AppId.of(app), time));
    }

    private int issue(Function<ApplicationStore, IssuedKey> call) {
        try (Storage storage = Database.find(terminal)) {
            IssuedKey issued = call.apply(storage.applications());
            String key = issued.key().reveal();
            if (json) {
                Map<String, @Nullable Object> fields = Database.fields(storage.info());
                fields.put("application", fields(issued.application()));
                fields.put("key", key);
                terminal.out().println(Json.from(fields).text());
                terminal.err().println("storage: keep the key; it cannot be shown again.");
            } else {
                Layout layout = opened(storage);
                print(layout, issued.application());
                layout.line("");
                layout.field("Key", key);
                layout.line(layout.style().bold("Keep it: it cannot be shown again."));
                layout.line("");
            }
        }
        return ExitCode.OK;
    }

    int show(String app) {
        try (Storage storage = Database.find(terminal)) {
            show(storage, storage.applications().get(AppId.of(app)));
        }
        return ExitCode.OK;
    }

    int activate(String app, boolean active) {
        AppId id = AppId.of(app);
        try (Storage storage = Database.find(terminal)) {
            if (active) {
                storage.applications().activate(id);
            } else {
                storage.applications().deactivate(id);
            }
            show(storage, storage.applications().get(id));
        }
        return ExitCode.OK;
    }

    int delete(String app) {
        try (Storage storage = Database.find(terminal)) {
            if (!storage.applications().delete(AppId.of(app))) {
                throw new NotFoundException("application", app);
            }
            Deleted.print(terminal, json, storage.info(), "Application", app);
        }
        return ExitCode.OK;
    }

    private void show(Storage storage, Application application) {
        if (json) {
            Map<String, @Nullable Object> fields = Database.fields(storage.info());
            fields.put("application", fields(application));
            terminal.out().println(Json.from(fields).text());
        } else {
            Layout layout = opened(storage);
            print(layout, application);
            layout.line("");
        }
    }

    private Layout opened(Storage storage) {
        Layout layout = new Layout(terminal);
        layout.line("");
        layout.opened(storage.info());
        layout.line("");
        return layout;
    }

    private static void print(Layout layout, Application application) {
        layout.field("Application", application.id());
        layout.field("Name", application.name());
        layout.field("Active", application.active() ? "yes" : "no");
        layout.field("Key begins", application.keyPrefix());
        layout.styled("Settings", Printable.json(application.settings().text()));
        layout.field("Version", application.version());
        layout.field("Created", layout.moment(application.createdAt()));
        layout.field("Updated", layout.moment(application.updatedAt()));
    }

    private static String row(Layout layout, Application application) {
        return Printable.line(application.id().value())
                + "  "
                + Printable.line(application.name())
                + "  "
                + layout.style()
                        .dim(
                                (application.active() ? "active, " : "inactive, ")
                                        + layout.moment(application.updatedAt()));
    }

    private static Map<String, @Nullable Object> fields(Application application) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("id", application.id().value());
        fields.put("name", application.name());
        fields.put("active", application.active());
        fields.put("settings", application.settings());
        fields.put("keyPrefix", application.keyPrefix());
        fields.put("version", application.version());
        fields.put("createdAt", application.createdAt().toString());
        fields.put("updatedAt", application.updatedAt().toString());
        return fields;
    }

    private static Duration duration(String text) {
        if (!text.matches("0|\\d{1,8}[smhd]")) {
            throw new InvalidValueException("--overlap", "0, or a time as 90s, 15m, 24h, 7d", text);
        }
        long count = Long.parseLong(text.replaceAll("\\D", ""));
        return switch (text.charAt(text.length() - 1)) {
            case 'm' -> Duration.ofMinutes(count);
            case 'h' -> Duration.ofHours(count);
            case 'd' -> Duration.ofDays(count);
            default -> Duration.ofSeconds(count);
        };
    }
}
