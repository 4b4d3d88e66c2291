package io.twinstore.storage.cli;

import io.twinstore.storage.AppId;
import io.twinstore.storage.Page;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.Storage;
import io.twinstore.storage.User;
import io.twinstore.storage.UserFilter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A page of the users in the database. */
final class UserList {

    private final Terminal terminal;
    private final Listing listing;

    UserList(Terminal terminal, PageRequest request) {
        this.terminal = terminal;
        this.listing = new Listing(terminal, request);
    }

    int run(boolean json) {
        try (Storage storage = Database.find(terminal)) {
            Page<User> page = storage.users().list(UserFilter.all(), listing.request());
            if (json) {
                listing.printJson(storage.info(), "users", page, UserList::fields);
            } else {
                listing.print(
                        storage.info(), page, "users", "Nobody was seen here.", UserList::row);
            }
        }
        return ExitCode.OK;
    }

    private static String row(Layout layout, User user) {
        return Printable.line(user.id().value())
                + "  "
                + Layout.counted(user.totalSessions(), "session")
                + "  "
                + layout.style().dim(layout.moment(user.lastSeen()));
    }

    private static Map<String, @Nullable Object> fields(User user) {
        AppId app = user.lastSeenApp();
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("id", user.id().value());
        fields.put("firstSeen", user.firstSeen().toString());
        fields.put("lastSeen", user.lastSeen().toString());
        fields.put("lastSeenApp", app == null ? null : app.value());
        fields.put("totalSessions", user.totalSessions());
        fields.put("metadata", user.metadata());
        return fields;
    }
}
