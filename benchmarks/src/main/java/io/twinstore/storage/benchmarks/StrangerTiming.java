package io.twinstore.storage.benchmarks;

import static io.twinstore.storage.benchmarks.Figures.median;
import static io.twinstore.storage.benchmarks.Figures.say;

import io.twinstore.storage.AppId;
import io.twinstore.storage.Config;
import io.twinstore.storage.NewConfig;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.NotFoundException;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.SearchScope;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Whether the time of an answer tells a stranger that a session exists: each operation is asked of
 * sessions of others and of ids that nobody has, in turn.
 */
public final class StrangerTiming {

    private static final int SESSIONS = 500;
    private static final int ROUNDS = 21;
    private static final UserId OWNER = UserId.of("owner");

    private final Storage storage;
    private final Config config;
    private final List<SessionId> there = new ArrayList<>();
    private final List<SessionId> nowhere = new ArrayList<>();

    private StrangerTiming(Storage storage) {
        this.storage = storage;
        this.config = storage.configs().create(NewConfig.named("benchmark"));
        for (int i = 0; i < SESSIONS; i++) {
            SessionId id = create();
            storage.sessions().append(id, NewMessage.user("hidden words"));
            there.add(id);
            SessionId gone = create();
            storage.sessions().purge(gone);
            nowhere.add(gone);
        }
    }

    private SessionId create() {
        return storage.sessions().create(NewSession.on(config.id()).owner(OWNER)).id();
    }

    /**
     * Runs against the database that the environment names.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        try (Storage storage = Storage.open(StorageOptions.fromEnvironment())) {
            say("%s", storage.info().databaseVersion());
            StrangerTiming timing = new StrangerTiming(storage);
            try {
                timing.of("user", storage.sessions().asUser(UserId.of("stranger")));
                timing.of("application", storage.sessions().asApplication(AppId.of("other")));
            } finally {
                storage.configs().purge(timing.config.id());
            }
        }
    }

    private void of(String who, SessionStore store) {
        compare(who + ", find", store, (sessions, id) -> sessions.find(id));
        compare(who + ", last messages", store, StrangerTiming::read);
        compare(who + ", append", store, StrangerTiming::append);
        compare(
                who + ", search",
                store,
                (sessions, id) ->
                        sessions.search("hidden", SearchScope.of(id), PageRequest.first()));
    }

    private static void read(SessionStore sessions, SessionId id) {
        refused(() -> sessions.lastMessages(id, 1));
    }

    private static void append(SessionStore sessions, SessionId id) {
        refused(() -> sessions.append(id, NewMessage.user("no")));
    }

    private static void refused(Runnable call) {
        try {
            call.run();
            throw new IllegalStateException("A stranger got in.");
        } catch (NotFoundException e) {
            // What a stranger is told of both.
        }
    }

    private void compare(
            String what, SessionStore store, BiConsumer<SessionStore, SessionId> operation) {
        double[] others = new double[ROUNDS];
        double[] nobodys = new double[ROUNDS];
        double[] ratios = new double[ROUNDS];
        for (int warmUp = 0; warmUp < 3; warmUp++) {
            ask(store, operation, new double[SESSIONS], new double[SESSIONS]);
        }
        for (int round = 0; round < ROUNDS; round++) {
            double[] one = new double[SESSIONS];
            double[] other = new double[SESSIONS];
            ask(store, operation, one, other);
            others[round] = median(one);
            nobodys[round] = median(other);
            ratios[round] = others[round] / nobodys[round];
        }
        say(
                "%-28s %8.1f us where it exists, %8.1f us where not: %.3f (medians of %d rounds)",
                what, median(others) / 1e3, median(nobodys) / 1e3, median(ratios), ROUNDS);
    }

    private void ask(
            SessionStore store,
            BiConsumer<SessionStore, SessionId> operation,
            double[] one,
            double[] other) {
        for (int i = 0; i < SESSIONS; i++) {
            boolean first = i % 2 == 0;
            double begun = time(store, operation, (first ? there : nowhere).get(i));
            double then = time(store, operation, (first ? nowhere : there).get(i));
            one[i] = first ? begun : then;
            other[i] = first ? then : begun;
        }
    }

    private static double time(
            SessionStore store, BiConsumer<SessionStore, SessionId> operation, SessionId id) {
        long start = System.nanoTime();
        operation.accept(store, id);
        return System.nanoTime() - start;
    }
}
