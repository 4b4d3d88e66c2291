package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.AccessRuleClauses.shared;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.AccessDeniedException;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NotFoundException;
import io.twinstore.storage.ParticipantRole;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.Storage;
import io.twinstore.storage.Stores;
import io.twinstore.storage.UserId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Roles that change while they are used, and limits in transactions. */
final class AccessRaceClauses {

    private static final int THREADS = 4;

    private static void append(SessionStore store, SessionId id) {
        store.append(id, NewMessage.user("x"));
    }

    @Clause(id = "ACC-NOW-001")
    void rolesCountFromTheirCommit(ClauseContext given) {
        UserId ada = given.user("ada");
        SessionId id = given.sessionOf(given.user("grace")).id();
        SessionStore store = given.sessions().asUser(ada);
        SessionStore other = given.open(options -> options).sessions();
        Expect.notFound("session", id, () -> append(store, id));

        other.addParticipant(id, ada, ParticipantRole.VIEWER);
        assertThat(Expect.answer(() -> store.exists(id))).as("for the new viewer").isTrue();
        Expect.thrown(AccessDeniedException.class, () -> append(store, id));
        other.updateRole(id, ada, ParticipantRole.EDITOR);
        Expect.answer(() -> store.append(id, NewMessage.user("x")));
        Expect.thrown(AccessDeniedException.class, () -> store.delete(id));
        other.updateRole(id, ada, ParticipantRole.OWNER);
        assertThat(Expect.answer(() -> store.delete(id))).as("whether it is deleted").isTrue();
        assertThat(Expect.answer(() -> store.restore(id))).as("whether it is back").isTrue();
        other.updateRole(id, ada, ParticipantRole.VIEWER);
        Expect.thrown(AccessDeniedException.class, () -> append(store, id));
        other.removeParticipant(id, ada);
        Expect.notFound("session", id, () -> append(store, id));
        assertThat(store.find(id)).as("for who was removed").isEmpty();
    }

    @Clause(id = "ACC-RACE-001")
    void whoWaitedForTheLockIsRefused(ClauseContext given) {
        refusesWhoWaited(
                given, (tx, id, ada) -> tx.sessions().removeParticipant(id, ada), "removed");
    }

    @Clause(id = "ACC-RACE-002")
    void whoWaitedAndWasDemotedIsRefused(ClauseContext given) {
        refusesWhoWaited(
                given,
                (tx, id, ada) -> tx.sessions().updateRole(id, ada, ParticipantRole.VIEWER),
                "demoted");
    }

    /** Takes a role away, in a transaction. */
    @FunctionalInterface
    private interface TakingAway {
        Object from(Stores tx, SessionId id, UserId user);
    }

    /**
     * Threads append as long as they may. The transaction that takes the role away holds the lock
     * until each of them is in a call, which then waits for it; none of those may be applied.
     */
    private static void refusesWhoWaited(ClauseContext given, TakingAway taking, String what) {
        UserId ada = given.user("ada");
        SessionId id = shared(given, ada, ParticipantRole.EDITOR);
        Storage other = given.open(options -> options);
        SessionStore editor = given.sessions().asUser(ada);
        AtomicInteger inCalls = new AtomicInteger();
        AtomicBoolean committed = new AtomicBoolean();

        List<Outcome<Long>> outcomes =
                Together.run(
                        THREADS + 1,
                        thread ->
                                thread == THREADS
                                        ? takeAway(other, id, ada, taking, inCalls, committed)
                                        : appendUntil(editor, id, inCalls, committed));

        List<Throwable> errors = Outcome.errors(outcomes);
        assertThat(errors).as("what the appending threads threw").hasSize(THREADS);
        assertThat(errors)
                .as("the refusals of one who was %s", what)
                .allMatch(
                        error ->
                                error instanceof NotFoundException
                                        || error instanceof AccessDeniedException);
        assertThat(given.sessions().get(id).lastSequence())
                .as("the last sequence, as it was when the user was %s", what)
                .isEqualTo(Outcome.values(outcomes).get(0));
    }

    private static long takeAway(
            Storage storage,
            SessionId id,
            UserId user,
            TakingAway taking,
            AtomicInteger inCalls,
            AtomicBoolean committed) {
        try {
            return storage.transaction(
                    tx -> {
                        taking.from(tx, id, user);
                        while (inCalls.get() < THREADS) {
                            Thread.onSpinWait();
                        }
                        return tx.sessions().get(id).lastSequence();
                    });
        } finally {
            committed.set(true);
        }
    }

    /** Appends until it is refused, or for once after it should have been. */
    private static long appendUntil(
            SessionStore store, SessionId id, AtomicInteger inCalls, AtomicBoolean committed) {
        boolean last = false;
        while (!last) {
            last = committed.get();
            inCalls.incrementAndGet();
            append(store, id);
            inCalls.decrementAndGet();
        }
        return -1;
    }

    @Clause(id = "ACC-TXN-001")
    void inTransactions(ClauseContext given) {
        UserId ada = given.user("ada");
        SessionId id = shared(given, ada, ParticipantRole.VIEWER);
        SessionId foreign = given.sessionOf(given.user("alan")).id();

        given.storage()
                .transaction(
                        tx -> {
                            limitsHold(tx, id, foreign, ada);
                            return true;
                        });

        assertThat(given.sessions().transcript(id).messages()).as("messages").hasSize(1);
        assertThat(given.sessions().roleOf(id, ada)).as("the role").isEmpty();
    }

    @Clause(id = "ACC-ON-001", needs = Capability.ON_CONNECTION)
    void onConnections(ClauseContext given) throws SQLException {
        UserId ada = given.user("ada");
        SessionId id = shared(given, ada, ParticipantRole.VIEWER);
        SessionId foreign = given.sessionOf(given.user("alan")).id();
        Connection connection = given.connection();

        limitsHold(given.storage().on(connection), id, foreign, ada);
        connection.rollback();

        assertThat(given.sessions().transcript(id).messages()).as("messages").isEmpty();
        assertThat(given.sessions().roleOf(id, ada))
                .as("the role")
                .contains(ParticipantRole.VIEWER);
    }

    /** Tries a viewer's store, makes the viewer an editor and then nobody, in one transaction. */
    private static void limitsHold(Stores tx, SessionId id, SessionId foreign, UserId ada) {
        SessionStore store = tx.sessions().asUser(ada);
        Expect.thrown(AccessDeniedException.class, () -> append(store, id));
        Expect.notFound("session", foreign, () -> append(store, foreign));
        Expect.notFound("session", foreign, () -> store.transcript(foreign));
        assertThat(store.transcript(id).messages()).as("messages so far").isEmpty();
        tx.sessions().updateRole(id, ada, ParticipantRole.EDITOR);
        Expect.answer(() -> store.append(id, NewMessage.user("x")));
        assertThat(store.lastMessages(id, 5)).as("messages as an editor").hasSize(1);
        tx.sessions().removeParticipant(id, ada);
        Expect.notFound("session", id, () -> append(store, id));
        assertThat(store.exists(id)).as("for who was removed").isFalse();
    }
}
