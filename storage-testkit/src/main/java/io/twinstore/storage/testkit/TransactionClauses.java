package io.twinstore.storage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.Config;
import io.twinstore.storage.Json;
import io.twinstore.storage.NewConfig;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.NotFoundException;
import io.twinstore.storage.Participant;
import io.twinstore.storage.ParticipantRole;
import io.twinstore.storage.Session;
import io.twinstore.storage.SessionFilter;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionUpdate;
import io.twinstore.storage.Stores;
import io.twinstore.storage.TransactionException;
import io.twinstore.storage.UserId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Transactions of the storage's own. */
final class TransactionClauses {

    @Clause(id = "TXN-COMMIT-001")
    void commitsWhatReturns(ClauseContext given) {
        SessionId id = given.sessionId();

        Session returned =
                given.storage()
                        .transaction(
                                tx -> {
                                    Config config = tx.configs().create(NewConfig.named("a"));
                                    Session session =
                                            tx.sessions().create(NewSession.on(config.id()).id(id));
                                    tx.sessions().append(id, NewMessage.user("Hello"));
                                    return session;
                                });

        assertThat(returned.id()).as("what the work returned").isEqualTo(id);
        assertThat(given.sessions().find(id)).as("the session").isPresent();
        assertThat(given.sessions().transcript(id).messages()).as("messages").hasSize(1);

        assertThat(nothing(given)).as("null").isNull();
    }

    // The checker's older mode does not see that the work may return null.
    @SuppressWarnings("NullAway")
    private static @Nullable Object nothing(ClauseContext given) {
        return given.storage().<@Nullable Object, RuntimeException>transaction(tx -> null);
    }

    @Clause(id = "TXN-ROLLBACK-001")
    void rollsBackWhatThrows(ClauseContext given) {
        SessionId id = given.sessionId();
        Session other = given.session();
        for (Throwable thrown :
                List.of(
                        new IOException("checked"),
                        new IllegalStateException("unchecked"),
                        new AssertionError("error"),
                        new NotFoundException("host's", "own"))) {
            Throwable caught =
                    Expect.thrown(
                            thrown.getClass(),
                            () ->
                                    given.storage()
                                            .transaction(
                                                    tx -> {
                                                        write(tx, id, other);
                                                        return raise(thrown);
                                                    }));

            assertThat(caught).as("what is handed on").isSameAs(thrown);
            assertThat(given.sessions().find(id)).as("the session").isEmpty();
            Expect.same(given.sessions().get(other.id()), other);
            assertThat(given.sessions().transcript(other.id()).messages()).isEmpty();
        }
    }

    private static Object raise(Throwable thrown) throws Exception {
        if (thrown instanceof Error error) {
            throw error;
        }
        throw (Exception) thrown;
    }

    private static void write(Stores tx, SessionId id, Session other) {
        tx.sessions().create(NewSession.on(other.configId()).id(id));
        tx.sessions().append(other.id(), NewMessage.user("Hello"));
        tx.sessions().update(other.id(), SessionUpdate.nothing().metadata(Json.of("{\"a\":1}")));
        tx.sessions().addParticipant(other.id(), UserId.of("u"), ParticipantRole.OWNER);
    }

    @Clause(id = "TXN-ROLLBACK-002")
    void rolledBackAppendLeavesNoGap(ClauseContext given) {
        SessionId id = given.session().id();
        given.sessions().append(id, NewMessage.user("one"));
        Expect.thrown(
                IllegalStateException.class,
                () ->
                        given.storage()
                                .transaction(
                                        tx -> {
                                            tx.sessions()
                                                    .append(
                                                            id,
                                                            AppendClauses.batch(3),
                                                            AppendOptions.once("key"));
                                            throw new IllegalStateException("no");
                                        }));

        var again = given.sessions().append(id, AppendClauses.batch(3), AppendOptions.once("key"));

        assertThat(again.firstSequence()).as("the next sequence").isEqualTo(2);
        assertThat(again.replayed()).as("replayed, of what was rolled back").isFalse();
    }

    @Clause(id = "TXN-ERROR-001")
    void typedErrorsLeaveItUsable(ClauseContext given) {
        UserId owner = given.user("owner");
        Session session = given.sessionOf(owner);
        given.sessions().append(session.id(), AppendClauses.batch(1), AppendOptions.once("key"));
        SessionId added = given.sessionId();

        given.storage()
                .transaction(
                        tx -> {
                            for (FailingCall failing : FailingCall.all(given, session, owner)) {
                                Expect.thrown(failing.error(), () -> failing.call().on(tx));
                            }
                            return tx.sessions()
                                    .create(NewSession.on(session.configId()).id(added));
                        });

        assertThat(given.sessions().find(added)).as("what came after the errors").isPresent();
        Expect.same(given.sessions().get(session.id()).version(), session.version());
        assertThat(given.sessions().participants(session.id()))
                .extracting(Participant::userId)
                .as("participants")
                .containsExactly(owner);
        assertThat(given.sessions().transcript(session.id()).messages()).as("messages").hasSize(1);
    }

    @Clause(id = "TXN-SEE-001")
    void readsItsOwnWrites(ClauseContext given) {
        Session session = given.session();

        given.storage()
                .transaction(
                        tx -> {
                            SessionId id = session.id();
                            tx.sessions().append(id, AppendClauses.batch(2), AppendOptions.plain());
                            assertThat(tx.sessions().transcript(id).messages())
                                    .as("messages inside")
                                    .hasSize(2);
                            Session next = tx.sessions().create(NewSession.on(session.configId()));
                            assertThat(tx.sessions().find(next.id())).as("inside").isPresent();
                            assertThat(
                                            tx.sessions()
                                                    .count(
                                                            SessionFilter.builder()
                                                                    .config(session.configId())
                                                                    .build()))
                                    .as("sessions inside")
                                    .isEqualTo(2);
                            return true;
                        });
    }

    @Clause(id = "TXN-SEE-002")
    void othersSeeItOnceCommitted(ClauseContext given) {
        Session session = given.session();
        SessionId id = given.sessionId();

        given.storage()
                .transaction(
                        tx -> {
                            tx.sessions().create(NewSession.on(session.configId()).id(id));
                            tx.sessions().append(session.id(), NewMessage.user("Hello"));
                            List<Outcome<Boolean>> outside =
                                    Together.run(
                                            1,
                                            i ->
                                                    given.sessions().exists(id)
                                                            || !given.sessions()
                                                                    .transcript(session.id())
                                                                    .messages()
                                                                    .isEmpty());
                            assertThat(Outcome.errors(outside)).as("errors outside").isEmpty();
                            assertThat(Outcome.values(outside))
                                    .as("seen by another thread before the commit")
                                    .containsExactly(false);
                            return true;
                        });

        assertThat(given.sessions().exists(id)).as("seen after the commit").isTrue();
    }

    @Clause(id = "TXN-OUTER-001")
    void outerStorageIsRefusedInside(ClauseContext given) {
        Session session = given.session();

        given.storage()
                .transaction(
                        tx -> {
                            Expect.thrown(
                                    TransactionException.class,
                                    () -> given.sessions().find(session.id()));
                            Expect.thrown(
                                    TransactionException.class,
                                    () ->
                                            given.sessions()
                                                    .append(session.id(), NewMessage.user("x")));
                            Expect.thrown(
                                    TransactionException.class,
                                    () -> given.configs().find(session.configId()));
                            Expect.thrown(
                                    TransactionException.class,
                                    () -> given.storage().transaction(inner -> true));
                            Expect.thrown(
                                    TransactionException.class,
                                    () -> given.storage().withConnection(connection -> true));
                            return tx.sessions().append(session.id(), NewMessage.user("y"));
                        });

        assertThat(given.sessions().get(session.id()).lastSequence())
                .as("what the refused calls left out")
                .isEqualTo(1);
    }

    @Clause(id = "TXN-OUTER-002")
    void storesEndWithTheirTransaction(ClauseContext given) {
        Session session = given.session();
        List<Stores> kept = new ArrayList<>();
        given.storage().transaction(tx -> kept.add(tx));

        Expect.thrown(
                TransactionException.class,
                () -> kept.get(0).sessions().append(session.id(), NewMessage.user("late")));
        assertThat(given.sessions().get(session.id()).lastSequence()).as("messages").isZero();
    }
}
