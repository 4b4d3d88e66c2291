package io.twinstore.storage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.Config;
import io.twinstore.storage.ConfigId;
import io.twinstore.storage.Json;
import io.twinstore.storage.Membership;
import io.twinstore.storage.Message;
import io.twinstore.storage.MessageRange;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.Participant;
import io.twinstore.storage.ParticipantRole;
import io.twinstore.storage.Session;
import io.twinstore.storage.SessionFilter;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStatus;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.SessionUpdate;
import io.twinstore.storage.UserId;
import java.util.List;

/** Sessions: deleting, restoring and purging them, on their own and with their config. */
final class SessionLifeClauses {

    private static final UserId GUEST = UserId.of("guest of the clause");

    /** A session with an owner, a guest and two messages. */
    private static Session lively(ClauseContext given, ConfigId config) {
        Session session = given.sessions().create(NewSession.on(config).owner(given.user("owner")));
        given.sessions().addParticipant(session.id(), GUEST, ParticipantRole.VIEWER);
        given.sessions()
                .append(
                        session.id(),
                        List.of(NewMessage.user("one"), NewMessage.assistant("two")),
                        AppendOptions.once("key"));
        return given.sessions().get(session.id());
    }

    private static void isHidden(ClauseContext given, SessionId id) {
        SessionStore store = given.sessions();
        assertThat(store.find(id)).as("find").isEmpty();
        assertThat(store.exists(id)).as("exists").isFalse();
        assertThat(store.roleOf(id, GUEST)).as("role").isEmpty();
        Expect.notFound("session", id, () -> store.get(id));
        Expect.notFound(
                "session",
                id,
                () -> store.update(id, SessionUpdate.nothing().status(SessionStatus.FAILED)));
        Expect.notFound("session", id, () -> store.touch(id, given.app("app")));
        Expect.notFound("session", id, () -> store.append(id, NewMessage.user("three")));
        PageRequest first = PageRequest.first();
        Expect.notFound("session", id, () -> store.messages(id, MessageRange.all(), first));
        Expect.notFound("session", id, () -> store.lastMessages(id, 1));
        Expect.notFound("session", id, () -> store.transcript(id));
        Expect.notFound("session", id, () -> store.streamTranscript(id, message -> {}));
        Expect.notFound("session", id, () -> store.participants(id));
        Expect.notFound("session", id, () -> store.removeParticipant(id, GUEST));
        Expect.notFound("session", id, () -> store.updateRole(id, GUEST, ParticipantRole.EDITOR));
        Expect.notFound(
                "session", id, () -> store.updatePermissions(id, GUEST, Json.emptyObject()));
        Expect.noReference(
                "session", id, () -> store.addParticipant(id, GUEST, ParticipantRole.EDITOR));
        assertThat(store.sessionsOf(GUEST, PageRequest.ofSize(1000)).items())
                .as("sessions of the guest")
                .extracting(membership -> membership.session().id())
                .doesNotContain(id);
    }

    private static void isWhole(ClauseContext given, Session before) {
        SessionId id = before.id();
        assertThat(given.sessions().find(id)).as("the session").isPresent();
        Session found = given.sessions().get(id);
        assertThat(found.deletedAt()).as("deleted at").isNull();
        assertThat(found.owner()).as("owner").isEqualTo(before.owner());
        assertThat(found.lastSequence()).as("last sequence").isEqualTo(2);
        assertThat(given.sessions().transcript(id).messages())
                .as("messages")
                .extracting(Message::sequence)
                .containsExactly(1L, 2L);
        assertThat(given.sessions().participants(id))
                .as("participants")
                .extracting(Participant::role)
                .containsExactlyInAnyOrder(ParticipantRole.OWNER, ParticipantRole.VIEWER);
    }

    @Clause(id = "SES-DELETE-001")
    void deletesOnce(ClauseContext given) {
        Session session = given.session();

        assertThat(given.sessions().delete(session.id())).as("the first time").isTrue();
        assertThat(given.sessions().delete(session.id())).as("the second time").isFalse();
        assertThat(given.sessions().delete(given.sessionId())).as("an unknown one").isFalse();
        assertThat(given.sessions().find(session.id())).as("the deleted session").isEmpty();
    }

    @Clause(id = "SES-DELETE-002")
    void deletedIsHidden(ClauseContext given) {
        Session session = lively(given, given.config().id());
        given.sessions().delete(session.id());

        isHidden(given, session.id());
    }

    @Clause(id = "SES-DELETE-003")
    void hiddenUnderDeletedConfig(ClauseContext given) {
        Config config = given.config();
        Session session = lively(given, config.id());
        given.configs().delete(config.id());

        isHidden(given, session.id());
    }

    @Clause(id = "SES-DELETE-004")
    void deletionSparesSiblings(ClauseContext given) {
        Config config = given.config();
        Session gone = lively(given, config.id());
        Session sibling = lively(given, config.id());
        given.sessions().delete(gone.id());

        isWhole(given, sibling);
        assertThat(given.configs().find(config.id())).as("the config").isPresent();
    }

    @Clause(id = "SES-RESTORE-001")
    void restoredIsWhole(ClauseContext given) {
        Session session = lively(given, given.config().id());
        given.sessions().delete(session.id());

        assertThat(given.sessions().restore(session.id())).as("a deleted one").isTrue();
        assertThat(given.sessions().restore(session.id())).as("a live one").isFalse();
        isWhole(given, session);
        assertThat(given.sessions().append(session.id(), NewMessage.user("three")).firstSequence())
                .as("the next sequence")
                .isEqualTo(3);
    }

    @Clause(id = "SES-RESTORE-002")
    void restoresNoUnknown(ClauseContext given) {
        SessionId unknown = given.sessionId();

        Expect.notFound("session", unknown, () -> given.sessions().restore(unknown));
    }

    @Clause(id = "SES-RESTORE-003")
    void staysHiddenUnderDeletedConfig(ClauseContext given) {
        Config config = given.config();
        Session session = lively(given, config.id());
        given.sessions().delete(session.id());
        given.configs().delete(config.id());

        assertThat(given.sessions().restore(session.id())).as("deleted itself").isTrue();
        assertThat(given.sessions().find(session.id())).as("under a deleted config").isEmpty();
        given.configs().restore(config.id());
        isWhole(given, session);
    }

    @Clause(id = "SES-RESTORE-004")
    void restoredConfigShowsTheUndeleted(ClauseContext given) {
        Config config = given.config();
        Session kept = lively(given, config.id());
        Session deleted = lively(given, config.id());
        given.sessions().delete(deleted.id());
        given.configs().delete(config.id());
        given.configs().restore(config.id());

        isWhole(given, kept);
        assertThat(given.sessions().find(deleted.id())).as("deleted itself").isEmpty();
        assertThat(
                        Expect.walk(
                                10,
                                page ->
                                        given.sessions()
                                                .list(
                                                        SessionFilter.builder()
                                                                .config(config.id())
                                                                .build(),
                                                        page)))
                .as("sessions on the config")
                .extracting(Session::id)
                .containsExactly(kept.id());
    }

    @Clause(id = "SES-PURGE-001")
    void purgesOnce(ClauseContext given) {
        Session live = given.session();
        Session deleted = given.session();
        given.sessions().delete(deleted.id());

        assertThat(given.sessions().purge(live.id())).as("a live one").isTrue();
        assertThat(given.sessions().purge(live.id())).as("the second time").isFalse();
        assertThat(given.sessions().purge(deleted.id())).as("a deleted one").isTrue();
        assertThat(given.sessions().purge(given.sessionId())).as("an unknown one").isFalse();
        Expect.notFound("session", live.id(), () -> given.sessions().restore(live.id()));
        Expect.notFound("session", deleted.id(), () -> given.sessions().restore(deleted.id()));
    }

    @Clause(id = "SES-PURGE-002")
    void purgeTakesEverything(ClauseContext given) {
        Config config = given.config();
        Session session = lively(given, config.id());
        given.sessions().purge(session.id());

        given.sessions().create(NewSession.on(config.id()).id(session.id()));

        assertThat(given.sessions().transcript(session.id()).messages()).as("messages").isEmpty();
        assertThat(given.sessions().participants(session.id())).as("participants").isEmpty();
        assertThat(
                        given.sessions()
                                .append(
                                        session.id(),
                                        List.of(NewMessage.user("other")),
                                        AppendOptions.once("key"))
                                .firstSequence())
                .as("the first sequence, with a key used before the purge")
                .isEqualTo(1);
    }

    @Clause(id = "SES-PURGE-003")
    void purgeSparesSiblings(ClauseContext given) {
        Config config = given.config();
        Session gone = lively(given, config.id());
        Session sibling = lively(given, config.id());
        given.sessions().purge(gone.id());

        isWhole(given, sibling);
        assertThat(given.configs().find(config.id())).as("the config").isPresent();
    }

    @Clause(id = "CFG-PURGE-004")
    void purgedConfigTakesItsSessions(ClauseContext given) {
        Config config = given.config();
        Session live = lively(given, config.id());
        Session deleted = lively(given, config.id());
        Session other = lively(given, given.config().id());
        given.sessions().delete(deleted.id());

        assertThat(given.configs().purge(config.id())).as("purged").isTrue();

        for (Session gone : List.of(live, deleted)) {
            assertThat(given.sessions().find(gone.id())).as("a session of it").isEmpty();
            assertThat(given.sessions().purge(gone.id())).as("something is left").isFalse();
        }
        isWhole(given, other);
        assertThat(
                        Expect.walk(1000, page -> given.sessions().sessionsOf(GUEST, page)).stream()
                                .map(Membership::session)
                                .map(Session::configId))
                .as("configs of the guest's sessions")
                .doesNotContain(config.id());
    }
}
