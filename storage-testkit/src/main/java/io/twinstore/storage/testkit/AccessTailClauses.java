package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.AccessRuleClauses.shared;
import static io.twinstore.storage.testkit.Tailing.append;
import static io.twinstore.storage.testkit.Tailing.messages;
import static io.twinstore.storage.testkit.Tailing.next;
import static io.twinstore.storage.testkit.Tailing.nothing;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.AccessDeniedException;
import io.twinstore.storage.AppId;
import io.twinstore.storage.ConfigId;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.ParticipantRole;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.StorageClosedException;
import io.twinstore.storage.Tail;
import io.twinstore.storage.TailEvent;
import io.twinstore.storage.UserId;
import java.time.Duration;
import java.util.Map;

/** Tails of limited stores. */
final class AccessTailClauses {

    @Clause(id = "ACC-TAIL-001")
    void viewersFollowUntilTheyAreRemoved(ClauseContext given) throws InterruptedException {
        UserId ada = given.user("ada");
        SessionId id = shared(given, ada, ParticipantRole.EDITOR);
        append(given.sessions(), id, 1);
        SessionStore other = given.open(options -> options).sessions();
        try (Tail tail = given.sessions().asUser(ada).tail(id, 0)) {
            messages(other, tail, id, 1, 1);
            other.updateRole(id, ada, ParticipantRole.VIEWER);
            append(other, id, 1);
            assertThat(next(tail))
                    .as("what tells of the other role")
                    .isIn(
                            new TailEvent.ParticipantRoleChanged(id, ada, ParticipantRole.VIEWER),
                            new TailEvent.MessageAppended(other.lastMessages(id, 1).get(0)));
            next(tail);
            nothing(tail);
            other.removeParticipant(id, ada);
            append(other, id, 2);

            assertThat(next(tail))
                    .as("the last event of who was removed")
                    .isEqualTo(new TailEvent.ParticipantRemoved(id, ada));
            Expect.thrown(StorageClosedException.class, () -> tail.next(Duration.ZERO));
            assertThat(tail.isClosed()).as("whether the tail ended").isTrue();
            assertThat(tail.positions()).as("where it ended").isEqualTo(Map.of(id, 2L));
        }
    }

    @Clause(id = "ACC-TAIL-002")
    void othersLeavingEndsNoTail(ClauseContext given) throws InterruptedException {
        UserId ada = given.user("ada");
        UserId grace = given.user("grace");
        SessionId id = shared(given, ada, ParticipantRole.VIEWER);
        given.sessions().addParticipant(id, grace, ParticipantRole.VIEWER);
        try (Tail tail = given.sessions().asUser(ada).tail(id, 0)) {
            given.sessions().removeParticipant(id, grace);
            assertThat(next(tail)).isEqualTo(new TailEvent.ParticipantRemoved(id, grace));
            append(given.sessions(), id, 1);
            messages(given.sessions(), tail, id, 1, 1);
            given.sessions().delete(id);
            assertThat(next(tail)).isEqualTo(new TailEvent.SessionDeleted(id));
            given.sessions().purge(id);
            assertThat(next(tail)).isEqualTo(new TailEvent.SessionPurged(id));
        }
    }

    @Clause(id = "ACC-TAIL-003")
    void applicationsFollowWhatTheyCreated(ClauseContext given) throws InterruptedException {
        UserId ada = given.user("ada");
        AppId app = given.app("app");
        ConfigId config = given.config().id();
        SessionStore sessions = given.sessions();
        SessionId own = sessions.create(NewSession.on(config).owner(ada).app(app)).id();
        SessionId foreign = given.sessionOf(ada).id();
        SessionStore limited = sessions.asUser(ada).asApplication(app);
        try (Tail tail = limited.tailAll(ada)) {
            assertThat(tail.positions()).as("where it begins").isEqualTo(Map.of(own, 0L));
            append(sessions, foreign, 1);
            nothing(tail);
            append(sessions, own, 1);
            messages(sessions, tail, own, 1, 1);
            given.sessionOf(ada);
            SessionId later = limited.create(NewSession.on(config)).id();
            assertThat(next(tail))
                    .as("what comes of new sessions")
                    .isEqualTo(new TailEvent.ParticipantAdded(later, ada, ParticipantRole.OWNER));
            nothing(tail);
        }
        Expect.thrown(
                AccessDeniedException.class, () -> limited.tailAll(given.user("other")).close());
    }
}
