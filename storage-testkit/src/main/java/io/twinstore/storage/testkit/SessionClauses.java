package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.ClauseContext.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.AppId;
import io.twinstore.storage.Config;
import io.twinstore.storage.ConfigId;
import io.twinstore.storage.Json;
import io.twinstore.storage.NewConfig;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.Participant;
import io.twinstore.storage.ParticipantRole;
import io.twinstore.storage.Session;
import io.twinstore.storage.SessionFilter;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStatus;
import io.twinstore.storage.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Sessions: creating and finding them. */
final class SessionClauses {

    @Clause(id = "SES-CREATE-001")
    void roundTrips(ClauseContext given) {
        Config config = given.config();
        SessionId id = given.sessionId();
        UserId owner = given.user("owner");
        AppId app = given.app("app");
        Json metadata = Json.of("{\"topic\":\"billing\",\"n\":3}");
        Session expected =
                new Session(
                        id,
                        config.id(),
                        owner,
                        app,
                        null,
                        SessionStatus.FAILED,
                        metadata,
                        1,
                        0,
                        0,
                        0,
                        START,
                        START,
                        null,
                        START,
                        null,
                        null);

        Session created =
                given.sessions()
                        .create(
                                NewSession.on(config.id())
                                        .id(id)
                                        .owner(owner)
                                        .app(app)
                                        .status(SessionStatus.FAILED)
                                        .metadata(metadata));

        Expect.same(created, expected);
        Expect.same(given.sessions().get(id), expected);
        assertThat(given.sessions().exists(id)).as("exists").isTrue();
    }

    @Clause(id = "SES-CREATE-002")
    void nobodyStaysNobody(ClauseContext given) {
        Session created = given.session();

        Session found = given.sessions().get(created.id());
        assertThat(created.owner()).as("owner").isNull();
        assertThat(found.owner()).as("owner").isNull();
        assertThat(found.createdByApp()).as("application").isNull();
        assertThat(found.status()).isEqualTo(SessionStatus.ACTIVE);
        Expect.means(found.metadata(), "{}");
        assertThat(given.sessions().participants(created.id())).as("participants").isEmpty();
    }

    @Clause(id = "SES-CREATE-003")
    void ownerTakesPart(ClauseContext given) {
        UserId owner = given.user("owner");
        Session created = given.sessionOf(owner);

        Expect.same(
                given.sessions().participants(created.id()),
                List.of(
                        new Participant(
                                created.id(),
                                owner,
                                ParticipantRole.OWNER,
                                START,
                                START,
                                Json.emptyObject())));
    }

    @Clause(id = "SES-CREATE-004")
    void needsAConfig(ClauseContext given) {
        ConfigId unknown = given.configId();
        SessionId id = given.sessionId();

        Expect.noReference(
                "config",
                unknown,
                () ->
                        given.sessions()
                                .create(NewSession.on(unknown).id(id).owner(given.user("o"))));

        assertThat(given.sessions().purge(id)).as("there is something to purge").isFalse();
    }

    @Clause(id = "SES-CREATE-005")
    void needsALiveConfig(ClauseContext given) {
        Config config = given.config();
        given.configs().delete(config.id());
        SessionId id = given.sessionId();

        Expect.noReference(
                "config",
                config.id(),
                () -> given.sessions().create(NewSession.on(config.id()).id(id)));

        assertThat(given.sessions().purge(id)).as("there is something to purge").isFalse();
    }

    @Clause(id = "SES-CREATE-006")
    void refusesTakenId(ClauseContext given) {
        UserId owner = given.user("owner");
        Session first = given.sessionOf(owner);
        NewSession second =
                NewSession.on(given.config().id()).id(first.id()).owner(given.user("other"));

        Expect.taken("session", first.id(), () -> given.sessions().create(second));

        Expect.same(given.sessions().get(first.id()), first);
        assertThat(given.sessions().participants(first.id()))
                .as("participants of the first session")
                .extracting(Participant::userId)
                .containsExactly(owner);
    }

    @Clause(id = "SES-CREATE-007")
    void deletedIdStaysTaken(ClauseContext given) {
        Session first = given.session();
        given.sessions().delete(first.id());
        NewSession second = NewSession.on(given.config().id()).id(first.id());

        Expect.taken("session", first.id(), () -> given.sessions().create(second));

        assertThat(given.sessions().find(first.id())).as("the deleted session").isEmpty();
    }

    @Clause(id = "SES-CREATE-008")
    void keepsMetadataByMeaning(ClauseContext given) {
        String metadata =
                "{\"n\":1e2,\"big\":12345678901234567890.5,\"z\":{\"Ä\":[null,true,{}]},\"\":\"\\n\"}";
        Session created =
                given.sessions()
                        .create(NewSession.on(given.config().id()).metadata(Json.of(metadata)));

        Expect.means(created.metadata(), metadata);
        Expect.means(given.sessions().get(created.id()).metadata(), metadata);
    }

    @Clause(id = "SES-CREATE-009")
    void refusesMetadataThatCannotBeIndexed(ClauseContext given) {
        Config config = given.config();
        SessionId id = given.sessionId();
        for (String bad : new String[] {"a\\u0000b", "a\\udc00b"}) {
            Json metadata = Json.of("{\"ok\":1,\"deep\":{\"list\":[\"" + bad + "\"]}}");

            assertThat(
                            Expect.refused(
                                    "metadata",
                                    () ->
                                            given.sessions()
                                                    .create(
                                                            NewSession.on(config.id())
                                                                    .id(id)
                                                                    .metadata(metadata))))
                    .hasMessageContaining("/deep/list/0");
        }
        assertThat(given.sessions().find(id)).as("what was written").isEmpty();
    }

    @Clause(id = "SES-CREATE-010")
    void refusesMetadataThatIsNoObject(ClauseContext given) {
        Config config = given.config();
        for (String bad : new String[] {"[]", "null", "\"{}\"", "1"}) {
            NewSession session = NewSession.on(config.id()).metadata(Json.of(bad));

            Expect.refused("metadata", () -> given.sessions().create(session));
        }
    }

    @Clause(id = "SES-CREATE-011")
    void keepsAnyId(ClauseContext given) {
        ClauseContext fresh = given.fresh();
        for (String text : Samples.IDS) {
            Config config = fresh.configs().create(NewConfig.named("a").id(ConfigId.of(text)));
            fresh.sessions()
                    .create(
                            NewSession.on(config.id())
                                    .id(SessionId.of(text))
                                    .owner(UserId.of(text))
                                    .app(AppId.of(text)));
        }
        for (String text : Samples.IDS) {
            Session found = fresh.sessions().get(SessionId.of(text));
            assertThat(found.id().value()).isEqualTo(text);
            assertThat(found.configId().value()).isEqualTo(text);
            assertThat(found.owner()).isEqualTo(UserId.of(text));
            assertThat(found.createdByApp()).isEqualTo(AppId.of(text));
            SessionFilter own = SessionFilter.builder().owner(UserId.of(text)).build();
            assertThat(fresh.sessions().count(own)).as("sessions of '%s'", text).isEqualTo(1);
        }
    }

    @Clause(id = "SES-CREATE-015")
    void keepsEachStatus(ClauseContext given) {
        Config config = given.config();
        for (SessionStatus status : SessionStatus.values()) {
            Session created = given.sessions().create(NewSession.on(config.id()).status(status));

            assertThat(given.sessions().get(created.id()).status()).isEqualTo(status);
        }
    }

    @Clause(id = "SES-CREATE-016")
    void makesIds(ClauseContext given) {
        Config config = given.config();
        Session one = given.sessions().create(NewSession.on(config.id()));
        Session two = given.sessions().create(NewSession.on(config.id()));

        assertThat(one.id()).as("the id of another session").isNotEqualTo(two.id());
        Expect.same(given.sessions().get(one.id()), one);
    }

    @Clause(id = "SES-FIND-001")
    void unknownIsNotFound(ClauseContext given) {
        SessionId unknown = given.sessionId();

        assertThat(given.sessions().find(unknown)).isEmpty();
        assertThat(given.sessions().exists(unknown)).as("exists").isFalse();
        Expect.notFound("session", unknown, () -> given.sessions().get(unknown));
    }

    @Clause(id = "SES-FIND-002")
    void deletedIsNotFound(ClauseContext given) {
        Session session = given.session();
        given.sessions().delete(session.id());

        assertThat(given.sessions().find(session.id())).as("the deleted session").isEmpty();
        assertThat(given.sessions().exists(session.id())).as("exists").isFalse();
        Expect.notFound("session", session.id(), () -> given.sessions().get(session.id()));
    }

    @Clause(id = "SES-FIND-003")
    void comparesIdsByCodePoint(ClauseContext given) {
        SessionId id = SessionId.of(given.unique("Caf\u00E9"));
        given.sessions().create(NewSession.on(given.config().id()).id(id));
        List<String> near = new ArrayList<>();
        near.add(id.value().toLowerCase(Locale.ROOT));
        near.add(id.value().replace("\u00E9", "e\u0301"));
        near.add(id.value() + " ");
        near.add(id.value().replace('-', '_'));

        for (String text : near) {
            assertThat(given.sessions().find(SessionId.of(text)))
                    .as("session '%s'", text)
                    .isEmpty();
            assertThat(given.sessions().exists(SessionId.of(text))).as("'%s'", text).isFalse();
        }
    }
}
