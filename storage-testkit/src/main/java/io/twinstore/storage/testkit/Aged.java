package io.twinstore.storage.testkit;

import io.twinstore.storage.Config;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.TransactionException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What the clauses of retention share: a database of their own, in which time passes. */
final class Aged {

    static final Duration MICRO = Duration.ofNanos(1_000);
    static final Duration MONTH = Duration.ofDays(30);

    private Aged() {}

    /** Creates sessions on the config at this moment. */
    static Stream<SessionId> sessions(ClauseContext given, Config config, int count) {
        return IntStream.range(0, count)
                .mapToObj(
                        i ->
                                given.sessions()
                                        .create(NewSession.on(config.id()).id(given.sessionId()))
                                        .id());
    }

    static SessionId session(ClauseContext given, Config config) {
        return sessions(given, config, 1).findFirst().orElseThrow();
    }

    /** Asserts that the call refuses ages that are out of bounds, naming them. */
    static void refusesBadAges(SessionStore store, AgeCall call) {
        for (Duration bad :
                new Duration[] {
                    Duration.ofNanos(-1), Duration.ofDays(36_500).plusNanos(1), Duration.ofDays(-30)
                }) {
            InvalidValueException refusal = Expect.refused("olderThan", () -> call.on(store, bad));
            Expect.hasBound(refusal, "0 seconds to 36,500 days");
        }
        Expect.answer(() -> call.on(store, Duration.ofDays(36_500)));
    }

    /** Asserts that the call is refused on stores that are bound. */
    static void refusedWithin(ClauseContext given, ToLongFunction<SessionStore> call)
            throws SQLException {
        Expect.thrown(
                TransactionException.class,
                () -> given.storage().transaction(tx -> call.applyAsLong(tx.sessions())));
        SessionStore hosted = given.storage().on(given.connection()).sessions();
        Expect.thrown(TransactionException.class, () -> call.applyAsLong(hosted));
    }

    /** A call that is given an age. */
    @FunctionalInterface
    interface AgeCall {
        long on(SessionStore store, Duration age);
    }
}
