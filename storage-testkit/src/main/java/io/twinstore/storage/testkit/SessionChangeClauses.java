package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.ClauseContext.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.AppId;
import io.twinstore.storage.ConflictException;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Json;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.ParticipantRole;
import io.twinstore.storage.Session;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStatus;
import io.twinstore.storage.SessionUpdate;
import io.twinstore.storage.UserId;
import java.time.Duration;
import java.time.Instant;

/** Sessions: updating and touching them. */
final class SessionChangeClauses {

    private static final Duration LATER = Duration.ofMinutes(5);

    private static Session full(ClauseContext given) {
        return given.sessions()
                .create(
                        NewSession.on(given.config().id())
                                .owner(given.user("owner"))
                                .app(given.app("app"))
                                .metadata(
                                        Json.of("{\"topic\":\"old\",\"keep\":{\"a\":1,\"b\":2}}")));
    }

    private static SessionUpdate completed() {
        return SessionUpdate.nothing().status(SessionStatus.COMPLETED);
    }

    @Clause(id = "SES-UPDATE-001")
    void changesOnlyTheStatus(ClauseContext given) {
        Session old = full(given);

        Session updated = given.sessions().update(old.id(), completed());

        assertThat(updated.status()).isEqualTo(SessionStatus.COMPLETED);
        Session found = given.sessions().get(old.id());
        assertThat(found.status()).isEqualTo(SessionStatus.COMPLETED);
        Expect.means(found.metadata(), old.metadata().text());
        assertThat(found.owner()).as("owner").isEqualTo(old.owner());
        assertThat(found.createdByApp()).as("application").isEqualTo(old.createdByApp());
        assertThat(found.configId()).isEqualTo(old.configId());
        assertThat(found.lastAccessedAt()).as("last accessed").isNull();
    }

    @Clause(id = "SES-UPDATE-002")
    void movesVersionAndInstant(ClauseContext given) {
        Session old = full(given);
        given.clock().move(LATER);

        given.sessions().update(old.id(), completed());

        Session found = given.sessions().get(old.id());
        assertThat(found.version()).as("version").isEqualTo(2);
        assertThat(found.updatedAt()).as("updated at").isEqualTo(START.plus(LATER));
        assertThat(found.createdAt()).as("created at").isEqualTo(START);
        assertThat(found.lastActivityAt()).as("last activity").isEqualTo(START.plus(LATER));
    }

    @Clause(id = "SES-UPDATE-003")
    void refusesOtherVersion(ClauseContext given) {
        Session old = full(given);

        Expect.conflict(
                ConflictException.Reason.VERSION,
                4,
                1,
                () -> given.sessions().update(old.id(), completed().expectVersion(4)));

        Expect.same(given.sessions().get(old.id()), old);
    }

    @Clause(id = "SES-UPDATE-004")
    void acceptsExpectedVersionAfterAppends(ClauseContext given) {
        Session old = full(given);
        given.sessions().append(old.id(), NewMessage.user("Hello"));

        given.sessions().update(old.id(), completed().expectVersion(1));
        given.sessions()
                .update(
                        old.id(),
                        SessionUpdate.nothing().status(SessionStatus.FAILED).expectVersion(2));

        assertThat(given.sessions().get(old.id()).status()).isEqualTo(SessionStatus.FAILED);
    }

    @Clause(id = "SES-UPDATE-005")
    void replacesMetadataWhole(ClauseContext given) {
        Session old = full(given);

        given.sessions().update(old.id(), SessionUpdate.nothing().metadata(Json.of("{\"x\":1}")));

        Session found = given.sessions().get(old.id());
        Expect.means(found.metadata(), "{\"x\":1}");
        assertThat(found.status()).isEqualTo(old.status());
        assertThat(found.owner()).isEqualTo(old.owner());
    }

    @Clause(id = "SES-UPDATE-006")
    void mergesMetadata(ClauseContext given) {
        Session old = full(given);
        Json patch =
                Json.of(
                        "{\"topic\":null,\"absent\":null,\"keep\":{\"b\":{\"c\":null,\"d\":[1,null]}},\"n\":1e2}");

        Session updated =
                given.sessions().update(old.id(), SessionUpdate.nothing().mergeMetadata(patch));

        String expected = "{\"keep\":{\"a\":1,\"b\":{\"d\":[1,null]}},\"n\":100}";
        Expect.means(updated.metadata(), expected);
        Expect.means(given.sessions().get(old.id()).metadata(), expected);
    }

    @Clause(id = "SES-UPDATE-007")
    void mergesAfterReplacing(ClauseContext given) {
        Session old = full(given);

        given.sessions()
                .update(
                        old.id(),
                        SessionUpdate.nothing()
                                .mergeMetadata(Json.of("{\"x\":2,\"y\":null}"))
                                .metadata(Json.of("{\"x\":1,\"y\":1,\"z\":1}")));

        Expect.means(given.sessions().get(old.id()).metadata(), "{\"x\":2,\"z\":1}");
    }

    @Clause(id = "SES-UPDATE-009")
    void newOwnerJoinsTheOld(ClauseContext given) {
        UserId first = given.user("first");
        UserId second = given.user("second");
        Session old = given.sessionOf(first);
        given.sessions().addParticipant(old.id(), second, ParticipantRole.VIEWER);

        Session updated = given.sessions().update(old.id(), SessionUpdate.nothing().owner(second));

        assertThat(updated.owner()).as("owner").isEqualTo(second);
        assertThat(given.sessions().get(old.id()).owner()).as("owner").isEqualTo(second);
        assertThat(given.sessions().roleOf(old.id(), second)).contains(ParticipantRole.OWNER);
        assertThat(given.sessions().roleOf(old.id(), first)).contains(ParticipantRole.OWNER);
    }

    @Clause(id = "SES-UPDATE-010")
    void newOwnerTakesPart(ClauseContext given) {
        Session old = given.session();
        UserId owner = given.user("stranger");

        given.sessions().update(old.id(), SessionUpdate.nothing().owner(owner));

        assertThat(given.sessions().participants(old.id()))
                .as("participants")
                .singleElement()
                .satisfies(p -> assertThat(p.userId()).isEqualTo(owner))
                .satisfies(p -> assertThat(p.role()).isEqualTo(ParticipantRole.OWNER));
    }

    @Clause(id = "SES-UPDATE-011")
    void updatedNeverGoesBack(ClauseContext given) {
        Session old = full(given);
        given.clock().move(LATER.negated());

        given.sessions().update(old.id(), completed());

        Session found = given.sessions().get(old.id());
        assertThat(found.updatedAt()).as("updated at").isEqualTo(START);
        assertThat(found.lastActivityAt()).as("last activity").isEqualTo(START);
    }

    @Clause(id = "SES-UPDATE-014")
    void refusesBadMetadata(ClauseContext given) {
        Session old = full(given);
        for (String bad : new String[] {"[1]", "\"x\"", "{\"a\":\"\\u0000\"}"}) {
            SessionUpdate update = completed().metadata(Json.of(bad));

            Expect.refused("metadata", () -> given.sessions().update(old.id(), update));
        }
        Expect.same(given.sessions().get(old.id()), old);
    }

    @Clause(id = "SES-UPDATE-015")
    void refusesBadPatch(ClauseContext given) {
        Session old = full(given);
        for (String bad : new String[] {"[1]", "{\"a\":\"\\u0000\"}"}) {
            SessionUpdate update = completed().mergeMetadata(Json.of(bad));

            Expect.thrown(
                    InvalidValueException.class, () -> given.sessions().update(old.id(), update));
        }
        Expect.same(given.sessions().get(old.id()), old);
    }

    @Clause(id = "SES-TOUCH-001")
    void touchNotesTheApplication(ClauseContext given) {
        Session old = full(given);
        AppId app = given.app("other");
        Instant now = given.clock().move(LATER);

        Session touched = given.sessions().touch(old.id(), app);

        assertThat(touched.lastAccessedByApp()).as("last accessed by").isEqualTo(app);
        Session found = given.sessions().get(old.id());
        assertThat(found.lastAccessedByApp()).as("last accessed by").isEqualTo(app);
        assertThat(found.lastAccessedAt()).as("last accessed at").isEqualTo(now);
        assertThat(found.lastActivityAt()).as("last activity").isEqualTo(now);
        assertThat(found.createdByApp()).as("created by").isEqualTo(old.createdByApp());
        assertThat(found.status()).isEqualTo(old.status());
        Expect.means(found.metadata(), old.metadata().text());
    }

    @Clause(id = "SES-TOUCH-002")
    void touchNeedsASession(ClauseContext given) {
        SessionId unknown = given.sessionId();

        Expect.notFound(
                "session", unknown, () -> given.sessions().touch(unknown, given.app("app")));
        Expect.notFound("session", unknown, () -> given.sessions().update(unknown, completed()));
    }
}
