package io.twinstore.storage.cli;

import io.twinstore.storage.InvalidOptionsException;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Json;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageInfo;
import io.twinstore.storage.StorageOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Deletes or purges sessions by their age. */
final class Cleanup {

    private final Terminal terminal;
    private final @Nullable Duration asked;
    private final boolean purge;
    private final boolean dry;

    /**
     * @param age such as {@code 30d}, or null for the age that the environment names
     * @throws InvalidValueException when the age is no such text
     */
    Cleanup(Terminal terminal, @Nullable String age, boolean purge, boolean dry) {
        this.terminal = terminal;
        this.asked = age == null ? null : Age.of("--older-than", age);
        this.purge = purge;
        this.dry = dry;
    }

    int run(boolean json) {
        Duration age = age();
        try (Storage storage = Database.find(terminal)) {
            long sessions = clean(storage.sessions(), age);
            if (json) {
                Map<String, @Nullable Object> fields = Database.fields(storage.info());
                fields.put("olderThanSeconds", age.toSeconds());
                fields.put("purge", purge);
                fields.put("dryRun", dry);
                fields.put("sessions", sessions);
                terminal.out().println(Json.from(fields).text());
            } else {
                print(storage.info(), sessions);
            }
        }
        return ExitCode.OK;
    }

    private Duration age() {
        if (asked != null) {
            return asked;
        }
        return StorageOptions.fromEnvironment(terminal.environment())
                .maxSessionAge()
                .orElseThrow(
                        () ->
                                new InvalidOptionsException(
                                        List.of(
                                                "Say how old: --older-than 30d, or set MAX_SESSION_AGE_DAYS.")));
    }

    private long clean(SessionStore sessions, Duration age) {
        if (purge) {
            return dry ? sessions.countPurgeable(age) : sessions.purgeDeleted(age);
        }
        return dry ? sessions.countInactive(age) : sessions.cleanup(age);
    }

    private void print(StorageInfo info, long sessions) {
        Layout layout = new Layout(terminal);
        layout.line("");
        layout.opened(info);
        layout.line("");
        String done = purge ? "removed for good" : "deleted";
        layout.field(
                "Cleanup",
                Layout.counted(sessions, "session") + " " + (dry ? "would be " + done : done));
        layout.line("");
    }
}
