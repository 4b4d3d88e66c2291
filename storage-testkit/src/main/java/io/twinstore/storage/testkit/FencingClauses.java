package io.twinstore.storage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.Appended;
import io.twinstore.storage.ConflictException;
import io.twinstore.storage.ConflictException.Reason;
import io.twinstore.storage.Message;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionLease;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.Storage;
import io.twinstore.storage.Stores;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** Appends with fencing tokens, in races too. */
final class FencingClauses {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int THREADS = 8;

    private static SessionLease overtaken(ClauseContext given, SessionId id) {
        SessionLease lease = given.sessions().acquire(id, "one", MINUTE);
        given.clock().move(MINUTE);
        return lease;
    }

    private static AppendOptions fence(SessionLease lease) {
        return AppendOptions.fenced(lease.token());
    }

    private static Appended append(ClauseContext given, SessionId id, AppendOptions options) {
        return given.sessions().append(id, AppendClauses.batch(2), options);
    }

    /** Appends what must not be refused. */
    private static Appended appended(ClauseContext given, SessionId id, AppendOptions options) {
        return Expect.answer(() -> append(given, id, options));
    }

    private static void hasMessages(ClauseContext given, SessionId id, int count) {
        assertThat(given.sessions().transcript(id).messages()).as("messages").hasSize(count);
    }

    @Clause(id = "FEN-APPEND-001")
    void latestTokenSucceeds(ClauseContext given) {
        SessionId id = given.session().id();
        SessionLease lease = given.sessions().acquire(id, "one", MINUTE);

        assertThat(appended(given, id, fence(lease)).lastSequence()).as("the last").isEqualTo(2);
        assertThat(appended(given, id, fence(lease).withKey("key")).lastSequence())
                .as("the last, with a key")
                .isEqualTo(4);
        hasMessages(given, id, 4);
    }

    @Clause(id = "FEN-APPEND-002")
    void staleTokenIsRefused(ClauseContext given) {
        SessionId id = given.session().id();
        SessionLease lease = overtaken(given, id);
        SessionLease next = given.sessions().acquire(id, "other", MINUTE);

        for (AppendOptions options : List.of(fence(lease), fence(lease).withKey("key"))) {
            Expect.conflict(
                    Reason.FENCED, lease.token(), next.token(), () -> append(given, id, options));
        }
        hasMessages(given, id, 0);
        assertThat(appended(given, id, fence(next).withKey("key")).replayed())
                .as("whether the refused key counts as used")
                .isFalse();
    }

    @Clause(id = "FEN-APPEND-003")
    void tokenOutlivesTheExpiry(ClauseContext given) {
        SessionId id = given.session().id();
        SessionLease lease = overtaken(given, id);
        given.clock().move(Duration.ofDays(1));

        assertThat(appended(given, id, fence(lease)).lastSequence()).as("the last").isEqualTo(2);
        hasMessages(given, id, 2);
    }

    @Clause(id = "FEN-APPEND-004")
    void othersAppendWithoutToken(ClauseContext given) {
        SessionId id = given.session().id();
        SessionLease lease = given.sessions().acquire(id, "one", MINUTE);

        Appended meanwhile =
                Expect.answer(() -> given.sessions().append(id, NewMessage.user("meanwhile")));

        assertThat(meanwhile.lastSequence()).as("the last").isEqualTo(1);
        assertThat(appended(given, id, fence(lease)).firstSequence()).as("the next").isEqualTo(2);
        hasMessages(given, id, 3);
    }

    @Clause(id = "FEN-APPEND-005")
    void tokenThatNobodyGotIsRefused(ClauseContext given) {
        SessionId id = given.session().id();
        Expect.conflict(
                Reason.FENCED, () -> append(given, id, AppendOptions.fenced(Long.MAX_VALUE)));
        Expect.conflict(Reason.FENCED, () -> append(given, id, AppendOptions.fenced(1)));

        SessionLease lease = given.sessions().acquire(id, "one", MINUTE);
        Expect.conflict(
                Reason.FENCED, () -> append(given, id, AppendOptions.fenced(lease.token() + 1)));
        hasMessages(given, id, 0);
    }

    @Clause(id = "FEN-ORDER-001")
    void existenceBeforeFence(ClauseContext given) {
        SessionId unknown = given.sessionId();
        Expect.notFound("session", unknown, () -> append(given, unknown, AppendOptions.fenced(1)));
        SessionId deleted = given.session().id();
        given.sessions().delete(deleted);
        Expect.notFound(
                "session",
                deleted,
                () -> append(given, deleted, AppendOptions.fenced(1).withKey("key")));
    }

    @Clause(id = "FEN-ORDER-002")
    void replayBeforeFence(ClauseContext given) {
        SessionId id = given.session().id();
        SessionLease lease = overtaken(given, id);
        Appended first = appended(given, id, fence(lease).withKey("key"));
        given.sessions().acquire(id, "other", MINUTE);

        Appended replay = appended(given, id, fence(lease).withKey("key"));

        assertThat(replay)
                .as("the replay")
                .isEqualTo(new Appended(id, first.firstSequence(), first.lastSequence(), true));
        Expect.conflict(
                Reason.IDEMPOTENCY,
                () ->
                        given.sessions()
                                .append(
                                        id,
                                        List.of(NewMessage.user("other")),
                                        fence(lease).withKey("key")));
        hasMessages(given, id, 2);
    }

    @Clause(id = "FEN-ORDER-003")
    void fenceBeforeExpectation(ClauseContext given) {
        SessionId id = given.session().id();
        SessionLease lease = overtaken(given, id);
        SessionLease next = given.sessions().acquire(id, "other", MINUTE);
        AppendOptions wrong = AppendOptions.expectSequence(9);

        Expect.conflict(Reason.FENCED, () -> append(given, id, wrong.withFence(lease.token())));
        Expect.conflict(
                Reason.FENCED,
                () -> append(given, id, wrong.withFence(lease.token()).withKey("key")));
        Expect.conflict(
                Reason.SEQUENCE, 9, 0, () -> append(given, id, wrong.withFence(next.token())));
        hasMessages(given, id, 0);
    }

    @Clause(id = "FEN-TXN-001")
    void inTransactions(ClauseContext given) {
        SessionId id = given.session().id();
        SessionLease lease = overtaken(given, id);

        given.storage()
                .transaction(
                        tx -> {
                            SessionLease next = tx.sessions().acquire(id, "other", MINUTE);
                            refusesAndGoesOn(tx.sessions(), lease, next);
                            return true;
                        });

        hasMessages(given, id, 1);
        assertThat(given.sessions().leaseOf(id).orElseThrow().holder())
                .as("the holder")
                .isEqualTo("other");
    }

    @Clause(id = "FEN-TXN-002", needs = Capability.ON_CONNECTION)
    void onConnections(ClauseContext given) throws SQLException {
        SessionId id = given.session().id();
        SessionLease lease = overtaken(given, id);
        Connection connection = given.connection();
        Stores stores = given.storage().on(connection);
        SessionLease next = stores.sessions().acquire(id, "other", MINUTE);
        refusesAndGoesOn(stores.sessions(), lease, next);

        connection.rollback();

        assertThat(given.sessions().leaseOf(id)).as("the lease").contains(lease);
        assertThat(appended(given, id, fence(lease)).firstSequence()).as("the first").isEqualTo(1);
    }

    private static void refusesAndGoesOn(
            SessionStore sessions, SessionLease stale, SessionLease latest) {
        SessionId id = latest.sessionId();
        List<NewMessage> messages = AppendClauses.batch(1);
        Expect.conflict(
                Reason.FENCED,
                stale.token(),
                latest.token(),
                () -> sessions.append(id, messages, fence(stale)));
        Expect.conflict(Reason.FENCED, () -> sessions.renew(stale, MINUTE));
        Expect.conflict(Reason.LEASED, () -> sessions.acquire(id, "third", MINUTE));
        assertThat(sessions.append(id, messages, fence(latest)).lastSequence())
                .as("the last sequence")
                .isEqualTo(1);
    }

    @Clause(id = "FEN-RACE-001")
    void oneOfManyAcquires(ClauseContext given) {
        Storage another = given.open(options -> options);
        for (int round = 0; round < 5; round++) {
            SessionId id = given.session().id();

            List<Outcome<SessionLease>> outcomes =
                    Together.run(
                            THREADS,
                            i ->
                                    (i % 2 == 0 ? given.storage() : another)
                                            .sessions()
                                            .acquire(id, "worker " + i, MINUTE));

            assertThat(Outcome.values(outcomes)).as("leases that were given").hasSize(1);
            assertThat(Outcome.errors(outcomes))
                    .hasOnlyElementsOfType(ConflictException.class)
                    .extracting(e -> ((ConflictException) e).reason())
                    .containsOnly(Reason.LEASED);
            assertThat(given.sessions().leaseOf(id))
                    .as("the lease")
                    .contains(Outcome.values(outcomes).get(0));
        }
    }

    @Clause(id = "FEN-RACE-002")
    void nothingOfTheFormerHolderFollows(ClauseContext given) {
        takenOverBy(given, given.storage());
    }

    @Clause(id = "FEN-RACE-003")
    void nothingFollowsFromAnotherStorage(ClauseContext given) {
        takenOverBy(given, given.open(options -> options));
    }

    private static void takenOverBy(ClauseContext given, Storage another) {
        SessionId id = given.session().id();
        TakeOver race = new TakeOver(given.sessions(), overtaken(given, id), THREADS - 1);

        List<Outcome<Appended>> outcomes =
                Together.run(
                        THREADS,
                        i -> i == 0 ? race.takeOver(another.sessions()) : race.appendAsFormer());

        assertThat(Outcome.errors(outcomes))
                .as("what the former holder is told")
                .hasSize(THREADS - 1)
                .hasOnlyElementsOfType(ConflictException.class)
                .extracting(e -> ((ConflictException) e).reason())
                .containsOnly(Reason.FENCED);
        List<Message> messages = given.sessions().transcript(id).messages();
        assertThat(messages)
                .as("messages: what was acknowledged to the former holder, and one of the next")
                .hasSize(race.acknowledged() + 1);
        assertThat(Outcome.values(outcomes).get(0).firstSequence())
                .as("what the next holder appends: nothing of the former holder follows")
                .isEqualTo(messages.size());
    }
}
