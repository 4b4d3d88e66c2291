package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.GenerationClauses.filled;
import static io.twinstore.storage.testkit.GenerationClauses.isNow;
import static io.twinstore.storage.testkit.GenerationClauses.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.ConflictException.Reason;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.Replaced;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionLease;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

/** Replaces transcripts under conditions and in transactions. */
final class ReplacingClauses {

    private static Replaced replaced(
            ClauseContext given, SessionId id, AppendOptions options, String... texts) {
        return given.sessions().replaceTranscript(id, texts(texts), options);
    }

    @Clause(id = "GEN-EXPECT-001")
    void expectedSequence(ClauseContext given) {
        SessionId id = filled(given);

        Expect.conflict(
                Reason.SEQUENCE,
                2,
                3,
                () -> replaced(given, id, AppendOptions.expectSequence(2), "x"));
        isNow(given, id, 1, "a", "b", "c");
        Replaced done =
                Expect.answer(() -> replaced(given, id, AppendOptions.expectSequence(3), "x"));
        assertThat(done.firstSequence()).as("the first").isEqualTo(4);
        Expect.conflict(
                Reason.SEQUENCE,
                1,
                4,
                () -> replaced(given, id, AppendOptions.expectSequence(1), "x"));
    }

    @Clause(id = "GEN-EXPECT-002")
    void fence(ClauseContext given) {
        SessionId id = filled(given);
        SessionLease lease = given.sessions().acquire(id, "one", Duration.ofMinutes(1));
        AppendOptions good = AppendOptions.fenced(lease.token());
        AppendOptions stale = AppendOptions.fenced(lease.token() - 1).withKey("key");

        Expect.conflict(Reason.FENCED, () -> replaced(given, id, stale, "x"));
        isNow(given, id, 1, "a", "b", "c");
        assertThat(Expect.answer(() -> replaced(given, id, good, "x")).newGeneration())
                .as("whether it began anew")
                .isTrue();
    }

    @Clause(id = "GEN-KEY-001")
    void repeatedOnce(ClauseContext given) {
        SessionId id = filled(given);
        AppendOptions key = AppendOptions.once("key");
        Replaced first = replaced(given, id, key, "x", "y");
        given.sessions().append(id, NewMessage.of("\"z\""));

        Replaced again = Expect.answer(() -> replaced(given, id, key, "x", "y"));

        assertThat(first).as("the first").isEqualTo(new Replaced(id, 3, 4, 5, true, false));
        assertThat(again).as("repeated").isEqualTo(new Replaced(id, 3, 4, 5, true, true));
        isNow(given, id, 4, "x", "y", "z");
    }

    @Clause(id = "GEN-KEY-002")
    void whatWroteNothingIsRepeatedToo(ClauseContext given) {
        SessionId id = filled(given);
        AppendOptions key = AppendOptions.once("key");
        replaced(given, id, key, "a", "b", "c");
        given.sessions().append(id, NewMessage.of("\"d\""));

        assertThat(replaced(given, id, key, "a", "b", "c"))
                .as("repeated")
                .isEqualTo(new Replaced(id, 0, 4, 3, false, true));
        isNow(given, id, 1, "a", "b", "c", "d");
    }

    @Clause(id = "GEN-KEY-003")
    void keysOfOtherCalls(ClauseContext given) {
        SessionId id = given.session().id();
        AppendOptions appended = AppendOptions.once("appended");
        AppendOptions replaced = AppendOptions.once("replaced");
        given.sessions().append(id, texts("a"), appended);
        replaced(given, id, replaced, "x");

        Expect.conflict(Reason.IDEMPOTENCY, () -> replaced(given, id, appended, "a"));
        Expect.conflict(Reason.IDEMPOTENCY, () -> replaced(given, id, replaced, "y"));
        Expect.conflict(
                Reason.IDEMPOTENCY, () -> given.sessions().append(id, texts("x"), replaced));
        isNow(given, id, 2, "x");
    }

    @Clause(id = "GEN-ORDER-001")
    void orderOfDecisions(ClauseContext given) {
        SessionId id = filled(given);
        SessionLease lease = given.sessions().acquire(id, "one", Duration.ofMinutes(1));
        AppendOptions wrong = AppendOptions.expectSequence(9).withFence(lease.token() - 1);
        AppendOptions key = AppendOptions.once("key");
        SessionId unknown = given.sessionId();
        replaced(given, id, key, "x");

        Expect.notFound("session", unknown, () -> replaced(given, unknown, wrong, "x"));
        Expect.conflict(Reason.FENCED, () -> replaced(given, id, wrong, "y"));
        assertThat(Expect.answer(() -> replaced(given, id, wrong.withKey("key"), "x")).replayed())
                .as("whether the replay comes before fence and expectation")
                .isTrue();
        given.sessions().delete(id);
        Expect.notFound("session", id, () -> replaced(given, id, key, "x"));
    }

    @Clause(id = "GEN-SIZE-001")
    void bounds(ClauseContext given) {
        SessionId id = filled(given);
        List<NewMessage> tooMany = Collections.nCopies(100_001, NewMessage.of("1"));

        Expect.refused(
                "transcript",
                () -> given.sessions().replaceTranscript(id, tooMany, AppendOptions.plain()));

        isNow(given, id, 1, "a", "b", "c");
    }

    @Clause(id = "GEN-TXN-001")
    void undoneWithItsTransaction(ClauseContext given) {
        SessionId id = filled(given);

        Expect.thrown(
                IllegalStateException.class,
                () ->
                        given.storage()
                                .transaction(
                                        tx -> {
                                            tx.sessions()
                                                    .replaceTranscript(
                                                            id,
                                                            texts("x"),
                                                            AppendOptions.once("key"));
                                            assertThat(tx.sessions().transcript(id).messages())
                                                    .as("messages inside")
                                                    .hasSize(1);
                                            throw new IllegalStateException("undo");
                                        }));

        isNow(given, id, 1, "a", "b", "c");
        assertThat(replaced(given, id, AppendOptions.once("key"), "x"))
                .as("what the key does now")
                .isEqualTo(new Replaced(id, 3, 4, 4, true, false));
    }

    @Clause(id = "GEN-TXN-002", needs = Capability.ON_CONNECTION)
    void undoneWithAHostsConnection(ClauseContext given) throws SQLException {
        SessionId id = filled(given);
        Connection connection = given.connection();

        Replaced inside =
                given.storage()
                        .on(connection)
                        .sessions()
                        .replaceTranscript(id, texts("x", "y"), AppendOptions.plain());
        assertThat(inside.lastSequence()).as("the last sequence inside").isEqualTo(5);
        connection.rollback();

        isNow(given, id, 1, "a", "b", "c");
    }
}
