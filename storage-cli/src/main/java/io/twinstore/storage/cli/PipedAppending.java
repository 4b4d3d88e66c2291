package io.twinstore.storage.cli;

import io.twinstore.storage.AlreadyExistsException;
import io.twinstore.storage.Appended;
import io.twinstore.storage.Config;
import io.twinstore.storage.ConfigFilter;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Json;
import io.twinstore.storage.NewConfig;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageException;
import io.twinstore.storage.spi.TextRules;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Appends what comes through standard input. */
final class PipedAppending {

    /** What sessions made here run on. */
    private static final String CONFIG = "command-line";

    /** A message's key is this much longer than the name of its input. */
    private static final int LONGEST_KEY = 255 - "-1000000000".length();

    private final Terminal terminal;
    private final ActingFor acting;
    private final SessionId id;
    private final String key;
    private final boolean json;
    private long line;

    /**
     * @param key what the input is called in the keys of its messages, or null for a new name
     */
    PipedAppending(
            Terminal terminal, ActingFor acting, String id, @Nullable String key, boolean json) {
        this.terminal = terminal;
        this.acting = acting;
        this.id = SessionId.of(id);
        this.key =
                key == null
                        ? UUID.randomUUID().toString()
                        : TextRules.require("--key", key, 1, LONGEST_KEY);
        this.json = json;
    }

    int run(boolean create) {
        if (create && acting.isLimited()) {
            throw new InvalidValueException(
                    "--create",
                    "not with --as or --as-app, since a limited store makes ids itself",
                    id.value());
        }
        try (Storage storage = create ? Database.make(terminal) : Database.find(terminal)) {
            if (create) {
                makeSession(storage);
            }
            acting.sessions(storage).get(id);
            say(storage);
            append(storage);
        }
        return ExitCode.OK;
    }

    private void makeSession(Storage storage) {
        if (storage.sessions().exists(id)) {
            return;
        }
        ConfigFilter ours = ConfigFilter.all().named(CONFIG);
        Config config =
                storage.configs().list(ours, PageRequest.ofSize(1)).items().stream()
                        .findFirst()
                        .orElseGet(() -> storage.configs().create(NewConfig.named(CONFIG)));
        try {
            storage.sessions().create(NewSession.on(config.id()).id(id));
        } catch (AlreadyExistsException e) {
            // Another process was first, or it was deleted: then the next look says so.
            return;
        }
    }

    /** Where it goes; on standard error for a person, so that the sequences can be piped on. */
    private void say(Storage storage) {
        if (json) {
            Map<String, @Nullable Object> fields = Database.fields(storage.info());
            fields.put("sessionId", id.value());
            fields.put("key", key);
            print(Json.from(fields).text());
        } else {
            Database.say(terminal, "appending to session " + id, storage.info());
        }
    }

    private void append(Storage storage) {
        KeyedSending sending = new KeyedSending(acting.sessions(storage), id);
        JsonLines messages = new JsonLines(terminal.in());
        try {
            for (Json next = messages.next();
                    next != null && !terminal.outputLost();
                    next = messages.next()) {
                acknowledge(sending.send(next, key + "-" + (line + 1)));
                line++;
            }
        } catch (StorageException e) {
            throw new InterruptedAppendException(id.value(), line, e);
        } catch (RefusedException e) {
            throw new RefusedException(
                    String.valueOf(e.getMessage()),
                    Layout.counted(line, "message") + " before it kept. " + e.hint(),
                    e);
        }
    }

    private void acknowledge(Appended appended) {
        if (json) {
            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
            fields.put("sequence", appended.lastSequence());
            fields.put("replayed", appended.replayed());
            print(Json.from(fields).text());
        } else {
            print(Long.toString(appended.lastSequence()));
        }
    }

    private void print(String text) {
        terminal.out().println(text);
        terminal.out().flush();
    }
}
