package io.twinstore.storage.integration.moving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.ConfigFilter;
import io.twinstore.storage.ConfigId;
import io.twinstore.storage.ConflictException;
import io.twinstore.storage.Json;
import io.twinstore.storage.NewApplication;
import io.twinstore.storage.NewConfig;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.ParticipantRole;
import io.twinstore.storage.SearchScope;
import io.twinstore.storage.Session;
import io.twinstore.storage.SessionFilter;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionLease;
import io.twinstore.storage.Storage;
import io.twinstore.storage.UserFilter;
import io.twinstore.storage.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A database with something of everything, and what must be so after it was restored. */
final class Filled {

    static final SessionId FIRST = SessionId.of("first");

    private static final SessionId DELETED = SessionId.of("deleted");
    private static final UserId ALICE = UserId.of("auth0|alice");
    private static final UserId BOB = UserId.of("bob@example.org");
    private static final String ODD =
            "{ \"role\":\"tool\",\t\"content\":\"nul \\u0000, lone \\ud800\", \"n\":1e2,\"n\":-0.0 }";

    private Filled() {}

    static void fill(Storage storage) {
        ConfigId config =
                storage.configs()
                        .create(
                                NewConfig.named("b\u00f6t")
                                        .tags(Json.of("{\"b\":[1e2,1.10],\"a\":\"\\u00e9\"}")))
                        .id();
        session(storage, config, FIRST);
        session(storage, config, DELETED);
        session(storage, config, SessionId.of("empty"));
        for (int i = 1; i <= 5; i++) {
            storage.sessions().append(FIRST, NewMessage.user("needle number " + i));
        }
        storage.sessions()
                .append(FIRST, List.of(NewMessage.of(Json.of(ODD))), AppendOptions.once("k1"));
        storage.sessions().append(DELETED, NewMessage.user("gone"));
        storage.sessions().delete(DELETED);
        storage.sessions().addParticipant(FIRST, BOB, ParticipantRole.VIEWER);
        storage.sessions().updatePermissions(FIRST, BOB, Json.of("{\"may\": [\"read\"]}"));
        storage.sessions().hold(FIRST);
        storage.settings().put("theme", Json.of("null"), "ui");
        storage.users()
                .seen(
                        ALICE,
                        storage.applications()
                                .create(NewApplication.named("Web"))
                                .application()
                                .id());
    }

    private static void session(Storage storage, ConfigId config, SessionId id) {
        storage.sessions()
                .create(
                        NewSession.on(config)
                                .id(id)
                                .owner(ALICE)
                                .metadata(Json.of("{\"z\": 1, \"aa\": [true]}")));
    }

    static List<Object> everything(Storage storage) {
        List<Object> all = new ArrayList<>();
        all.addAll(storage.configs().list(ConfigFilter.all(), PageRequest.first()).items());
        for (Session session :
                storage.sessions().list(SessionFilter.all(), PageRequest.first()).items()) {
            all.add(session);
            all.add(storage.sessions().transcript(session.id()).toJsonArray());
            all.addAll(storage.sessions().participants(session.id()));
            all.add(storage.sessions().isHeld(session.id()));
        }
        all.addAll(storage.settings().all(PageRequest.first()).items());
        all.addAll(storage.users().list(UserFilter.all(), PageRequest.first()).items());
        all.addAll(storage.applications().list(PageRequest.first()).items());
        return all;
    }

    /** Appends, replays, searches and restores in what {@link #fill} made. */
    static void goesOn(Storage storage) {
        assertThat(
                        storage.sessions()
                                .append(
                                        FIRST,
                                        List.of(NewMessage.of(Json.of(ODD))),
                                        AppendOptions.once("k1"))
                                .replayed())
                .isTrue();
        assertThat(
                        storage.sessions()
                                .search("needle", SearchScope.all(), PageRequest.first())
                                .hits())
                .hasSize(5);
    }

    /** The tokens of leases of a session, and whoever held them, are of no account any more. */
    static void isNobodys(Storage storage, SessionLease... leases) {
        assertThat(storage.sessions().leaseOf(FIRST)).isEmpty();
        for (SessionLease lease : leases) {
            assertThatThrownBy(
                            () ->
                                    storage.sessions()
                                            .append(
                                                    FIRST,
                                                    List.of(NewMessage.user("stale")),
                                                    AppendOptions.fenced(lease.token())))
                    .isInstanceOf(ConflictException.class);
        }
        SessionLease next = storage.sessions().acquire(FIRST, "another", Duration.ofHours(1));
        assertThat(leases).allSatisfy(l -> assertThat(next.token()).isGreaterThan(l.token()));
    }
}
