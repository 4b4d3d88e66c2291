package io.twinstore.storage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.ConfigId;
import io.twinstore.storage.Json;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.ParticipantRole;
import io.twinstore.storage.Session;
import io.twinstore.storage.SessionFilter;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.UserId;
import java.util.ArrayList;
import java.util.List;

/** Finding by containment, in the sense of PostgreSQL's {@code @>}. */
final class ContainmentClauses {

    private static final Json WANTED = Json.of("{\"tools\":[\"run\",\"read\",\"run\"],\"max\":10}");

    private static SessionId session(ClauseContext given, ConfigId config) {
        return given.sessions().create(NewSession.on(config).id(given.sessionId())).id();
    }

    private static void permit(ClauseContext given, SessionId id, UserId user, String permissions) {
        given.sessions().addParticipant(id, user, ParticipantRole.EDITOR);
        given.sessions().updatePermissions(id, user, Json.of(permissions));
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

    @Clause(id = "FND-CONTAIN-001")
    void filtersByPermissionsContained(ClauseContext given) {
        ConfigId config = given.config().id();
        UserId user = given.user("user");
        List<SessionId> hits = new ArrayList<>();
        for (String hit :
                List.of(
                        "{\"tools\":[\"read\",\"run\"],\"max\":10}",
                        "{\"max\":1e1,\"tools\":[[],\"run\",null,\"read\"],\"more\":{}}")) {
            SessionId id = session(given, config);
            permit(given, id, user, hit);
            permit(given, id, given.user("other"), "{}");
            hits.add(id);
        }
        for (String miss :
                List.of(
                        "{}",
                        "{\"tools\":[\"run\"],\"max\":10}",
                        "{\"tools\":[\"read\",\"run\"],\"max\":\"10\"}",
                        "{\"tools\":[[\"read\",\"run\"]],\"max\":10}",
                        "{\"tools\":\"run\",\"max\":10}",
                        "{\"a\":{\"tools\":[\"read\",\"run\"],\"max\":10}}")) {
            permit(given, session(given, config), user, miss);
        }
        session(given, config);

        SessionFilter.Builder onConfig = SessionFilter.builder().config(config);
        assertThat(ids(given, onConfig.permissions(WANTED)))
                .as("sessions with a participant who is permitted")
                .containsExactlyInAnyOrderElementsOf(hits);
        assertThat(ids(given, onConfig.permissions(Json.emptyObject())))
                .as("sessions with a participant, whatever is permitted")
                .hasSize(8);
    }

    @Clause(id = "FND-CONTAIN-002")
    void meansOneParticipant(ClauseContext given) {
        ConfigId config = given.config().id();
        UserId user = given.user("user");
        SessionId hit = session(given, config);
        permit(given, hit, user, WANTED.text());
        SessionId split = session(given, config);
        permit(given, split, user, "{}");
        permit(given, split, given.user("other"), WANTED.text());

        SessionFilter.Builder filter = SessionFilter.builder().config(config).permissions(WANTED);
        assertThat(ids(given, filter))
                .as("whoever is permitted")
                .containsExactlyInAnyOrder(hit, split);
        assertThat(ids(given, filter.participant(user)))
                .as("where this participant is permitted")
                .containsExactly(hit);
    }

    @Clause(id = "FND-CONTAIN-003")
    void refusesPermissionsThatAreNoObject(ClauseContext given) {
        for (String bad : List.of("[]", "1", "null", "{\"a\":\"\\u0000\"}")) {
            SessionFilter filter = SessionFilter.builder().permissions(Json.of(bad)).build();
            Expect.refused("permissions", () -> given.sessions().count(filter));
            Expect.refused("permissions", () -> given.sessions().list(filter, PageRequest.first()));
        }
    }
}
