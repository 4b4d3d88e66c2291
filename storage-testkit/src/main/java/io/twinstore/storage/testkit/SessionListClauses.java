package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.ClauseContext.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.AppId;
import io.twinstore.storage.Config;
import io.twinstore.storage.ConfigId;
import io.twinstore.storage.Json;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.ParticipantRole;
import io.twinstore.storage.Session;
import io.twinstore.storage.SessionFilter;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStatus;
import io.twinstore.storage.SessionUpdate;
import io.twinstore.storage.UserId;
import io.twinstore.storage.Visibility;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Sessions: listing and counting them. Every filter has rows that must just miss. */
final class SessionListClauses {

    private static final Duration MICRO = Duration.ofNanos(1_000);

    private static SessionId create(ClauseContext given, NewSession session) {
        return given.sessions().create(session.id(given.sessionId())).id();
    }

    private static SessionFilter.Builder on(ConfigId config) {
        return SessionFilter.builder().config(config);
    }

    private static List<SessionId> ids(ClauseContext given, SessionFilter.Builder filter) {
        SessionFilter built = filter.build();
        List<SessionId> ids =
                given.sessions().list(built, PageRequest.first()).items().stream()
                        .map(Session::id)
                        .toList();
        assertThat(given.sessions().count(built))
                .as("count, where the list has %s", ids)
                .isEqualTo(ids.size());
        return ids;
    }

    @Clause(id = "SES-LIST-005")
    void filtersByOwner(ClauseContext given) {
        UserId owner = given.user("Owner");
        Session mine = given.sessionOf(owner);
        given.sessionOf(UserId.of(owner.value() + "0"));
        given.sessionOf(UserId.of(owner.value().toLowerCase(Locale.ROOT)));
        given.session();
        Session shared = given.sessionOf(given.user("other"));
        given.sessions().addParticipant(shared.id(), owner, ParticipantRole.OWNER);

        assertThat(ids(given, SessionFilter.builder().owner(owner))).containsExactly(mine.id());
    }

    @Clause(id = "SES-LIST-006")
    void filtersByParticipant(ClauseContext given) {
        UserId user = given.user("user");
        Session owned = given.sessionOf(user);
        Session shared = given.sessionOf(given.user("other"));
        given.sessions().addParticipant(shared.id(), user, ParticipantRole.VIEWER);
        Session left = given.sessionOf(given.user("other"));
        given.sessions().addParticipant(left.id(), user, ParticipantRole.EDITOR);
        given.sessions().removeParticipant(left.id(), user);
        given.sessionOf(UserId.of(user.value() + "0"));

        assertThat(ids(given, SessionFilter.builder().participant(user)))
                .containsExactlyInAnyOrder(owned.id(), shared.id());
    }

    @Clause(id = "SES-LIST-007")
    void filtersByConfig(ClauseContext given) {
        Config config = given.config();
        SessionId hit = create(given, NewSession.on(config.id()));
        create(given, NewSession.on(given.config().id()));

        assertThat(ids(given, on(config.id()))).containsExactly(hit);
        assertThat(ids(given, on(given.configId()))).isEmpty();
    }

    @Clause(id = "SES-LIST-008")
    void filtersByApplication(ClauseContext given) {
        ConfigId config = given.config().id();
        AppId app = given.app("app");
        SessionId hit = create(given, NewSession.on(config).app(app));
        create(given, NewSession.on(config).app(AppId.of(app.value() + "0")));
        SessionId touched = create(given, NewSession.on(config));
        given.sessions().touch(touched, app);

        assertThat(ids(given, SessionFilter.builder().app(app))).containsExactly(hit);
    }

    @Clause(id = "SES-LIST-009")
    void filtersByStatus(ClauseContext given) {
        ConfigId config = given.config().id();
        for (SessionStatus status : SessionStatus.values()) {
            create(given, NewSession.on(config).status(status));
        }
        for (SessionStatus status : SessionStatus.values()) {
            List<Session> found =
                    given.sessions()
                            .list(on(config).status(status).build(), PageRequest.first())
                            .items();
            assertThat(found).extracting(Session::status).containsExactly(status);
            assertThat(ids(given, on(config).status(status))).hasSize(1);
        }
    }

    @Clause(id = "SES-LIST-010")
    void filtersByCreation(ClauseContext given) {
        ConfigId config = given.config().id();
        List<SessionId> created = new ArrayList<>();
        for (Instant at : List.of(START.minus(MICRO), START, START.plus(MICRO))) {
            given.clock().set(at);
            created.add(create(given, NewSession.on(config)));
        }

        assertThat(ids(given, on(config).created(START, null)))
                .as("from an instant, included")
                .containsExactly(created.get(2), created.get(1));
        assertThat(ids(given, on(config).created(null, START)))
                .as("before an instant, excluded")
                .containsExactly(created.get(0));
        assertThat(ids(given, on(config).created(START, START.plus(MICRO))))
                .as("both")
                .containsExactly(created.get(1));
    }

    @Clause(id = "SES-LIST-011")
    void filtersByUpdate(ClauseContext given) {
        ConfigId config = given.config().id();
        List<SessionId> updated = new ArrayList<>();
        given.clock().set(START.minusSeconds(60));
        for (int i = 0; i < 3; i++) {
            updated.add(create(given, NewSession.on(config)));
        }
        for (int i = 0; i < 3; i++) {
            given.clock().set(START.plus(MICRO.multipliedBy(i - 1L)));
            given.sessions().update(updated.get(i), SessionUpdate.nothing());
        }

        assertThat(ids(given, on(config).updated(START, null)))
                .as("from an instant, included")
                .containsExactlyInAnyOrder(updated.get(1), updated.get(2));
        assertThat(ids(given, on(config).updated(null, START)))
                .as("before an instant, excluded")
                .containsExactly(updated.get(0));
        assertThat(ids(given, on(config).updated(START, START.plus(MICRO))))
                .as("both")
                .containsExactly(updated.get(1));
    }

    @Clause(id = "SES-LIST-012")
    void filtersByMetadataContained(ClauseContext given) {
        ConfigId config = given.config().id();
        List<SessionId> hits = new ArrayList<>();
        for (String hit :
                List.of("{\"a\":{\"b\":[1,2]}}", "{\"x\":0,\"a\":{\"b\":[2,5,1.0],\"c\":null}}")) {
            hits.add(create(given, NewSession.on(config).metadata(Json.of(hit))));
        }
        for (String miss :
                List.of(
                        "{}",
                        "{\"a\":{\"b\":[1]}}",
                        "{\"a\":{\"b\":[[1,2]]}}",
                        "{\"a\":{\"b\":[\"1\",\"2\"]}}",
                        "{\"b\":[1,2]}",
                        "{\"A\":{\"b\":[1,2]}}",
                        "{\"a\":[{\"b\":[1,2]}]}")) {
            create(given, NewSession.on(config).metadata(Json.of(miss)));
        }

        assertThat(ids(given, on(config).metadata(Json.of("{\"a\":{\"b\":[2,1,2]}}"))))
                .containsExactlyInAnyOrderElementsOf(hits);
        assertThat(ids(given, on(config).metadata(Json.emptyObject())))
                .as("what contains nothing in particular")
                .hasSize(9);
    }

    @Clause(id = "SES-LIST-013")
    void filtersByVisibility(ClauseContext given) {
        ConfigId config = given.config().id();
        SessionId live = create(given, NewSession.on(config));
        SessionId deleted = create(given, NewSession.on(config));
        given.sessions().delete(deleted);

        assertThat(ids(given, on(config))).containsExactly(live);
        assertThat(ids(given, on(config).visibility(Visibility.DELETED))).containsExactly(deleted);
        assertThat(ids(given, on(config).visibility(Visibility.ANY)))
                .containsExactlyInAnyOrder(live, deleted);
    }

    @Clause(id = "SES-LIST-014")
    void underDeletedConfigCountsAsDeleted(ClauseContext given) {
        ConfigId config = given.config().id();
        SessionId session = create(given, NewSession.on(config));
        given.configs().delete(config);

        assertThat(ids(given, on(config))).as("live ones").isEmpty();
        assertThat(ids(given, on(config).visibility(Visibility.DELETED)))
                .as("deleted ones")
                .containsExactly(session);
        assertThat(ids(given, on(config).visibility(Visibility.ANY)))
                .as("all")
                .containsExactly(session);
    }

    @Clause(id = "SES-LIST-015")
    void allConditionsMustHold(ClauseContext given) {
        ConfigId config = given.config().id();
        UserId owner = given.user("owner");
        NewSession both = NewSession.on(config).owner(owner).status(SessionStatus.FAILED);
        SessionId hit = create(given, both);
        create(given, both.status(SessionStatus.ACTIVE));
        create(given, both.owner(given.user("other")));
        create(given, NewSession.on(given.config().id()).owner(owner).status(SessionStatus.FAILED));

        assertThat(
                        ids(
                                given,
                                on(config)
                                        .owner(owner)
                                        .participant(owner)
                                        .status(SessionStatus.FAILED)
                                        .created(START, START.plus(MICRO))))
                .containsExactly(hit);
    }
}
