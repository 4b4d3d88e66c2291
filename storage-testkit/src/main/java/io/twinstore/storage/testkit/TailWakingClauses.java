package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.Tailing.append;
import static io.twinstore.storage.testkit.Tailing.messages;
import static io.twinstore.storage.testkit.Tailing.next;
import static io.twinstore.storage.testkit.Tailing.nothing;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.ParticipantRole;
import io.twinstore.storage.Session;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStatus;
import io.twinstore.storage.SessionUpdate;
import io.twinstore.storage.Storage;
import io.twinstore.storage.Tail;
import io.twinstore.storage.TailEvent;
import io.twinstore.storage.UserId;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;

/**
 * Follows changes with a heartbeat that never comes, so that nothing but being woken by the change
 * itself can be what makes a tail look.
 */
final class TailWakingClauses {

    private static Storage withoutHeartbeat(ClauseContext given) {
        return given.open(options -> options.tailHeartbeat(Duration.ofHours(1)));
    }

    private static void is(Tail tail, TailEvent expected) throws InterruptedException {
        assertThat(next(tail)).as("the event that woke the tail").isEqualTo(expected);
    }

    /** Makes every kind of change, one at a time, and asserts that each is told. */
    private static void changeEverything(
            ClauseContext given, Session session, Storage writer, Tail tail)
            throws InterruptedException {
        SessionId id = session.id();
        UserId grace = given.user("grace");
        nothing(tail);
        append(writer.sessions(), id, 1);
        messages(writer.sessions(), tail, id, 1, 1);
        writer.sessions().append(id, List.of(NewMessage.of("1")), AppendOptions.once("key"));
        messages(writer.sessions(), tail, id, 2, 2);
        writer.transaction(
                tx -> {
                    append(tx.sessions(), id, 1);
                    return true;
                });
        messages(writer.sessions(), tail, id, 3, 3);
        writer.sessions().update(id, SessionUpdate.nothing().status(SessionStatus.FAILED));
        is(tail, new TailEvent.StatusChanged(id, SessionStatus.FAILED));
        writer.sessions().addParticipant(id, grace, ParticipantRole.VIEWER);
        is(tail, new TailEvent.ParticipantAdded(id, grace, ParticipantRole.VIEWER));
        writer.sessions().updateRole(id, grace, ParticipantRole.EDITOR);
        is(tail, new TailEvent.ParticipantRoleChanged(id, grace, ParticipantRole.EDITOR));
        writer.sessions().removeParticipant(id, grace);
        is(tail, new TailEvent.ParticipantRemoved(id, grace));
        writer.sessions().replaceTranscript(id, List.of(), AppendOptions.plain());
        is(tail, new TailEvent.TranscriptReplaced(id, 3));
        writer.sessions().delete(id);
        is(tail, new TailEvent.SessionDeleted(id));
        writer.sessions().restore(id);
        is(tail, new TailEvent.SessionRestored(id));
        writer.configs().delete(session.configId());
        is(tail, new TailEvent.SessionDeleted(id));
        writer.configs().restore(session.configId());
        is(tail, new TailEvent.SessionRestored(id));
        writer.configs().purge(session.configId());
        is(tail, new TailEvent.SessionPurged(id));
    }

    @Clause(id = "TAIL-WAKE-001")
    void everyChangeOfItsOwnStorage(ClauseContext given) throws InterruptedException {
        Session session = given.session();
        Storage storage = withoutHeartbeat(given);
        try (Tail tail = storage.sessions().tail(session.id(), 0)) {
            changeEverything(given, session, storage, tail);
        }
    }

    @Clause(id = "TAIL-WAKE-002")
    void everyChangeOfAnotherStorage(ClauseContext given) throws InterruptedException {
        Session session = given.session();
        Storage writer = given.open(options -> options);
        try (Tail tail = withoutHeartbeat(given).sessions().tail(session.id(), 0)) {
            changeEverything(given, session, writer, tail);
        }
    }

    @Clause(id = "TAIL-WAKE-003", needs = Capability.ON_CONNECTION)
    void whatAHostCommitsThroughTheTailsStorage(ClauseContext given) throws Exception {
        SessionId id = given.session().id();
        Storage storage = withoutHeartbeat(given);
        try (Tail tail = storage.sessions().tail(id, 0);
                Connection host = given.connection()) {
            nothing(tail);
            // Whatever wakes it for that, it listens by then.
            append(given.sessions(), id, 1);
            messages(given.sessions(), tail, id, 1, 1);
            append(storage.on(host).sessions(), id, 2);
            nothing(tail);
            host.commit();
            messages(given.sessions(), tail, id, 2, 3);
        }
    }

    @Clause(id = "TAIL-WAKE-004")
    void sessionsThatAUserComesToAndLeaves(ClauseContext given) throws InterruptedException {
        UserId ada = given.user("ada");
        Session shared = given.session();
        SessionId id = shared.id();
        Storage writer = given.open(options -> options);
        try (Tail tail = withoutHeartbeat(given).sessions().tailAll(ada)) {
            nothing(tail);
            writer.sessions().addParticipant(id, ada, ParticipantRole.VIEWER);
            is(tail, new TailEvent.ParticipantAdded(id, ada, ParticipantRole.VIEWER));
            append(writer.sessions(), id, 1);
            messages(writer.sessions(), tail, id, 1, 1);
            writer.sessions().removeParticipant(id, ada);
            is(tail, new TailEvent.ParticipantRemoved(id, ada));
            SessionId own = given.sessionId();
            writer.sessions().create(NewSession.on(shared.configId()).id(own).owner(ada));
            is(tail, new TailEvent.ParticipantAdded(own, ada, ParticipantRole.OWNER));
            writer.configs().delete(shared.configId());
            is(tail, new TailEvent.SessionDeleted(own));
            writer.configs().restore(shared.configId());
            is(tail, new TailEvent.SessionRestored(own));
            writer.sessions().purge(own);
            is(tail, new TailEvent.SessionPurged(own));
        }
    }
}
