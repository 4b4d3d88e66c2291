package io.twinstore.storage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.twinstore.storage.AccessDeniedException;
import io.twinstore.storage.AppId;
import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.Appended;
import io.twinstore.storage.ConfigId;
import io.twinstore.storage.ConflictException.Reason;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.Participant;
import io.twinstore.storage.ParticipantRole;
import io.twinstore.storage.Session;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionLease;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.UserId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Limited stores: what they create, in which order they refuse, and how limits meet. */
final class AccessRuleClauses {

    /** Creates a session of somebody else in which the user has this role. */
    static SessionId shared(ClauseContext given, UserId user, ParticipantRole role) {
        SessionId id = given.sessionOf(given.user("owner")).id();
        given.sessions().addParticipant(id, user, role);
        return id;
    }

    @Clause(id = "ACC-ORDER-001")
    void accessIsDecidedFirst(ClauseContext given) {
        UserId ada = given.user("ada");
        SessionId id = shared(given, ada, ParticipantRole.VIEWER);
        given.sessions().append(id, AppendClauses.batch(2), AppendOptions.once("key"));
        SessionLease lease = given.sessions().acquire(id, "one", Duration.ofMinutes(1));
        SessionStore viewer = given.sessions().asUser(ada);
        SessionStore stranger = given.sessions().asUser(given.user("stranger"));
        List<AppendOptions> all =
                List.of(
                        AppendOptions.once("key"),
                        AppendOptions.fenced(lease.token() - 1),
                        AppendOptions.expectSequence(9),
                        AppendOptions.expectSequence(9).withKey("key").withFence(1));
        for (boolean deleted : List.of(false, true)) {
            if (deleted) {
                given.sessions().delete(id);
            }
            for (AppendOptions options : all) {
                List<NewMessage> messages = AppendClauses.batch(2);
                Expect.thrown(
                        AccessDeniedException.class, () -> viewer.append(id, messages, options));
                Expect.thrown(
                        AccessDeniedException.class,
                        () -> viewer.replaceTranscript(id, messages, options));
                Expect.notFound("session", id, () -> stranger.append(id, messages, options));
                Expect.notFound(
                        "session", id, () -> stranger.replaceTranscript(id, messages, options));
            }
        }
    }

    @Clause(id = "ACC-APPEND-001")
    void editorsAppendWithEveryPromise(ClauseContext given) {
        UserId ada = given.user("ada");
        SessionId id = shared(given, ada, ParticipantRole.EDITOR);
        SessionStore editor = given.sessions().asUser(ada);
        List<NewMessage> two = AppendClauses.batch(2);

        SessionLease former = editor.acquire(id, "one", Duration.ofMinutes(1));
        AppendOptions once = AppendOptions.once("key").withFence(former.token());

        Appended first = editor.append(id, two, once);
        SessionLease lease = editor.acquire(id, "one", Duration.ofMinutes(1));

        assertThat(first).as("the first append").isEqualTo(new Appended(id, 1, 2, false));
        assertThat(Expect.answer(() -> editor.append(id, two, once)))
                .as("its replay, with a fence that is stale by now")
                .isEqualTo(new Appended(id, 1, 2, true));
        assertThat(given.sessions().append(id, two, AppendOptions.once("key")).replayed())
                .as("whether it is a replay through the unlimited store")
                .isTrue();
        Expect.conflict(
                Reason.FENCED,
                former.token(),
                lease.token(),
                () -> editor.append(id, two, once.withKey("other")));
        Expect.conflict(
                Reason.SEQUENCE,
                9,
                2,
                () -> editor.append(id, two, AppendOptions.expectSequence(9)));
        assertThat(editor.append(id, two, AppendOptions.fenced(lease.token())).lastSequence())
                .as("the last sequence")
                .isEqualTo(4);
        assertThat(given.sessions().transcript(id)).isEqualTo(editor.transcript(id));
        given.sessions().delete(id);
        Expect.notFound("session", id, () -> editor.append(id, NewMessage.user("late")));
    }

    @Clause(id = "ACC-BOTH-001")
    void bothLimitsHold(ClauseContext given) {
        UserId ada = given.user("ada");
        AppId app = given.app("app");
        ConfigId config = given.config().id();
        SessionStore sessions = given.sessions();
        Session of = sessions.create(NewSession.on(config).app(app).owner(ada));
        Session foreign = sessions.create(NewSession.on(config).app(given.app("other")).owner(ada));
        Session nobodys = sessions.create(NewSession.on(config).app(app));
        Session viewed = sessions.create(NewSession.on(config).app(app).owner(given.user("b")));
        sessions.addParticipant(viewed.id(), ada, ParticipantRole.VIEWER);

        for (SessionStore both :
                List.of(
                        sessions.asUser(ada).asApplication(app),
                        sessions.asApplication(app).asUser(ada))) {
            assertThat(both.exists(of.id())).as("one's own of the application").isTrue();
            assertThat(both.exists(foreign.id())).as("one's own of another").isFalse();
            assertThat(both.exists(nobodys.id())).as("another's of the application").isFalse();
            assertThat(both.exists(viewed.id())).as("one that is viewed").isTrue();
            assertThat(both.append(of.id(), NewMessage.user("x")).firstSequence()).isPositive();
            Expect.thrown(
                    AccessDeniedException.class,
                    () -> both.append(viewed.id(), NewMessage.user("x")));
            Expect.notFound(
                    "session", foreign.id(), () -> both.append(foreign.id(), NewMessage.user("x")));
        }
    }

    @Clause(id = "ACC-NARROW-001")
    void limitsOnlyNarrow(ClauseContext given) {
        UserId ada = given.user("ada");
        AppId app = given.app("app");
        SessionId id = shared(given, ada, ParticipantRole.VIEWER);
        SessionStore user = given.sessions().asUser(ada);
        SessionStore application = given.sessions().asApplication(app);

        Expect.thrown(AccessDeniedException.class, () -> user.asUser(given.user("other")));
        Expect.thrown(
                AccessDeniedException.class, () -> application.asApplication(given.app("other")));
        Expect.thrown(
                AccessDeniedException.class,
                () -> user.asApplication(app).asUser(given.user("other")));
        Expect.thrown(
                AccessDeniedException.class,
                () -> application.touch(given.sessionId(), given.app("other")));
        assertThat(user.asUser(ada).exists(id)).as("with the same user again").isTrue();
        assertThat(given.sessions().exists(id)).as("in the store it came from").isTrue();
        Expect.thrown(
                AccessDeniedException.class,
                () -> user.asUser(ada).append(id, NewMessage.user("x")));
    }

    @Clause(id = "ACC-CREATE-001")
    void createsWhatIsTheirs(ClauseContext given) {
        UserId ada = given.user("ada");
        AppId app = given.app("app");
        ConfigId config = given.config().id();
        SessionStore both = given.sessions().asUser(ada).asApplication(app);

        for (NewSession asked :
                List.of(NewSession.on(config), NewSession.on(config).owner(ada).app(app))) {
            Session made = both.create(asked);
            Session found = given.sessions().get(made.id());
            assertThat(found.owner()).as("the owner").isEqualTo(ada);
            assertThat(found.createdByApp()).as("the application").isEqualTo(app);
            assertThat(both.participants(made.id()))
                    .extracting(Participant::userId, Participant::role)
                    .as("who takes part")
                    .containsExactly(tuple(ada, ParticipantRole.OWNER));
        }
        Expect.thrown(
                AccessDeniedException.class,
                () -> both.create(NewSession.on(config).owner(given.user("other"))));
        Expect.thrown(
                AccessDeniedException.class,
                () -> both.create(NewSession.on(config).app(given.app("other"))));
        ConfigId unknown = given.configId();
        Expect.noReference("config", unknown, () -> both.create(NewSession.on(unknown)));
    }

    @Clause(id = "ACC-CREATE-002")
    void takenIdsAreRefusedAsAnyOther(ClauseContext given) {
        UserId ada = given.user("ada");
        ConfigId config = given.config().id();
        SessionId deleted = given.session().id();
        given.sessions().delete(deleted);
        SessionId purged = given.session().id();
        given.sessions().purge(purged);
        List<SessionId> ids =
                List.of(
                        given.session().id(),
                        deleted,
                        purged,
                        given.sessionId(),
                        given.sessionOf(ada).id());
        SessionStore sessions = given.sessions();
        for (SessionStore limited :
                List.of(sessions.asUser(ada), sessions.asApplication(given.app("app")))) {
            List<String> refusals = new ArrayList<>();
            for (SessionId id : ids) {
                InvalidValueException refusal =
                        Expect.refused(
                                "session.id", () -> limited.create(NewSession.on(config).id(id)));
                refusals.add(refusal.toString().replace(id.value(), "<id>"));
            }
            assertThat(refusals.stream().distinct())
                    .as("how ids are refused that are taken, deleted, purged, new and one's own")
                    .hasSize(1);
        }
    }

    @Clause(id = "ACC-CREATE-003")
    void takenIdsThatAreMadeArePassedOver(ClauseContext given) {
        SessionId taken = given.session().id();
        SessionId free = given.sessionId();
        Deque<String> made = new ArrayDeque<>(List.of(taken.value(), taken.value(), free.value()));
        ConfigId config = given.config().id();
        SessionStore sessions = given.open(options -> options.ids(made::pop)).sessions();

        Session created =
                Expect.answer(
                        () -> sessions.asUser(given.user("ada")).create(NewSession.on(config)));

        assertThat(created.id()).as("the id that was free").isEqualTo(free);
        assertThat(given.sessions().get(taken).owner()).as("the owner of the other").isNull();
    }

    @Clause(id = "ACC-LEAVE-001")
    void theLastOwnerMayNotLeave(ClauseContext given) {
        UserId ada = given.user("ada");
        SessionId id = given.sessionOf(ada).id();
        SessionStore owner = given.sessions().asUser(ada);
        UserId grace = given.user("grace");

        Expect.conflict(Reason.LAST_OWNER, () -> owner.removeParticipant(id, ada));
        owner.addParticipant(id, grace, ParticipantRole.OWNER);
        assertThat(Expect.answer(() -> owner.removeParticipant(id, ada))).isTrue();

        Expect.notFound("session", id, () -> owner.removeParticipant(id, ada));
        Expect.notFound("session", id, () -> owner.transcript(id));
        assertThat(given.sessions().asUser(grace).exists(id)).as("for who is left").isTrue();
    }
}
