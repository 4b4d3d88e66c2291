package io.twinstore.storage.cli;

import io.twinstore.storage.Config;
import io.twinstore.storage.ConfigId;
import io.twinstore.storage.ErrorCode;
import io.twinstore.storage.Json;
import io.twinstore.storage.Membership;
import io.twinstore.storage.NewConfig;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.Page;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.ParticipantRole;
import io.twinstore.storage.Session;
import io.twinstore.storage.SessionFilter;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageException;
import io.twinstore.storage.StorageInfo;
import io.twinstore.storage.UserId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** The main job as a host would do it: a config, a session, its people, and a conversation. */
final class Demo {

    private static final UserId OWNER = UserId.of("ada@example.com");
    private static final UserId EDITOR = UserId.of("grace@example.com");
    private static final UserId VIEWER = UserId.of("alan@example.com");
    private static final int SESSIONS_SHOWN = 5;

    private final Terminal terminal;
    private final TranscriptSource source;
    private final boolean verbose;

    /**
     * @param transcript a file to append, or null for the sample conversation
     * @param verbose whether to name each message on standard error once it is kept
     */
    Demo(Terminal terminal, @Nullable Path transcript, boolean verbose) {
        this.terminal = terminal;
        this.source =
                transcript == null ? TranscriptSource.sample() : TranscriptSource.file(transcript);
        this.verbose = verbose;
    }

    /** Runs the demo and prints what it did. */
    int run(boolean json) {
        // Before anything is opened, so that an unusable file leaves no trace.
        TranscriptSource.Summary summary = source.check();
        long start = System.nanoTime();
        try (Storage storage = Database.make(terminal)) {
            DemoOutcome outcome = converse(storage, summary, start);
            if (json) {
                terminal.out().println(outcome.toJson().text());
            } else {
                new DemoPage(terminal).print(outcome);
            }
        }
        return ExitCode.OK;
    }

    private DemoOutcome converse(Storage storage, TranscriptSource.Summary summary, long start) {
        StorageInfo info = storage.info();
        Config config = storage.configs().create(config());
        SessionStore sessions = storage.sessions();
        SessionId id = sessions.create(session(config.id())).id();
        Appending appending = new Appending(sessions, id, source);
        Progress progress = new Progress(terminal, summary.messages(), verbose);
        Followed.Acknowledgements acknowledged = new Followed.Acknowledgements(progress);
        Duration appended;
        @Nullable Followed followed = null;
        // A tail ends after its last message; where there is none it would never end.
        if (summary.messages() == 0) {
            appended = append(appending, id, acknowledged, progress);
        } else {
            try (Follower follower = Follower.of(terminal, id, summary.messages())) {
                appended = append(appending, id, acknowledged, progress);
                followed = Followed.of(acknowledged, follower.sightings());
            }
        }
        sessions.addParticipant(id, EDITOR, ParticipantRole.EDITOR);
        sessions.addParticipant(id, VIEWER, ParticipantRole.VIEWER);
        ReadBack readBack = ReadBack.of(sessions, id, summary.longest());
        requireSame(appending, readBack);
        Guarded guarded = Guarded.of(sessions, id, VIEWER);
        Session session = sessions.get(id);
        Page<Membership> mine = sessions.sessionsOf(OWNER, PageRequest.ofSize(SESSIONS_SHOWN));
        return new DemoOutcome(
                info,
                config,
                session,
                source.name(),
                summary.bytes(),
                appended,
                appending.sentTwice(),
                followed,
                readBack,
                guarded,
                sessions.participants(id),
                mine.items(),
                sessions.count(SessionFilter.builder().participant(OWNER).build()),
                Duration.ofNanos(System.nanoTime() - start));
    }

    private Duration append(
            Appending appending, SessionId id, LongConsumer acknowledged, Progress progress) {
        if (verbose) {
            terminal.err().println("session " + id);
        }
        try {
            return appending.run(acknowledged);
        } finally {
            progress.end();
        }
    }

    private static NewSession session(ConfigId config) {
        return NewSession.on(config)
                .owner(OWNER)
                .metadata(Json.from(Map.of("made-by", "storage demo")));
    }

    private static NewConfig config() {
        return NewConfig.named("repair-assistant")
                .description("Made by 'storage demo'")
                .yaml(resource("sample-config.yaml"))
                .tag("env", "demo");
    }

    private static void requireSame(Appending appended, ReadBack read) {
        if (appended.count() != read.count() || !appended.digest().sameAs(read.digest())) {
            throw new StorageException(
                    ErrorCode.INTERNAL,
                    "The transcript that was read back is not the one that was appended: "
                            + appended.count()
                            + " messages went in, "
                            + read.count()
                            + " came back.");
        }
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(Demo.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
