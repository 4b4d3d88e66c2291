package io.twinstore.storage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.AlreadyExistsException;
import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.Config;
import io.twinstore.storage.ConflictException;
import io.twinstore.storage.Json;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.ReferenceException;
import io.twinstore.storage.Session;
import io.twinstore.storage.SessionFilter;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStatus;
import io.twinstore.storage.SessionUpdate;
import io.twinstore.storage.UserId;
import io.twinstore.storage.Visibility;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;

/** Sessions: many calls at the same moment, and many in a row. */
final class SessionRaceClauses {

    private static final NewMessage HELLO = NewMessage.user("Hello");

    @Clause(id = "SES-CREATE-012")
    void concurrentCreatesAreAllThere(ClauseContext given) {
        Config config = given.config();

        List<Outcome<Session>> outcomes =
                Together.run(20, i -> given.sessions().create(NewSession.on(config.id())));

        assertThat(Outcome.errors(outcomes)).as("creations that failed").isEmpty();
        assertThat(new HashSet<>(Outcome.values(outcomes).stream().map(Session::id).toList()))
                .as("distinct ids")
                .hasSize(20);
        assertThat(given.sessions().count(SessionFilter.builder().config(config.id()).build()))
                .as("sessions on the config")
                .isEqualTo(20);
    }

    @Clause(id = "SES-CREATE-013")
    void oneOfConcurrentGetsTheId(ClauseContext given) {
        Config config = given.config();
        SessionId id = given.sessionId();

        List<Outcome<Session>> outcomes =
                Together.run(
                        8,
                        i ->
                                given.sessions()
                                        .create(
                                                NewSession.on(config.id())
                                                        .id(id)
                                                        .owner(UserId.of("user " + i))));

        assertThat(Outcome.values(outcomes)).as("creations that succeeded").hasSize(1);
        assertThat(Outcome.errors(outcomes)).hasOnlyElementsOfType(AlreadyExistsException.class);
        assertThat(given.sessions().participants(id)).as("participants").hasSize(1);
    }

    @Clause(id = "SES-CREATE-014")
    void createRacesWithDeletionOfTheConfig(ClauseContext given) {
        for (int round = 0; round < 5; round++) {
            Config config = given.config();
            List<Outcome<Session>> outcomes =
                    Together.run(
                            5,
                            i -> {
                                if (i == 0) {
                                    given.configs().delete(config.id());
                                    return given.session();
                                }
                                return given.sessions().create(NewSession.on(config.id()));
                            });

            assertThat(Outcome.errors(outcomes)).hasOnlyElementsOfType(ReferenceException.class);
            List<SessionId> created =
                    Outcome.values(outcomes).stream()
                            .filter(session -> session.configId().equals(config.id()))
                            .map(Session::id)
                            .toList();
            SessionFilter onConfig = SessionFilter.builder().config(config.id()).build();
            assertThat(given.sessions().count(onConfig)).as("sessions still to be seen").isZero();
            given.configs().restore(config.id());
            assertThat(Expect.walk(10, page -> given.sessions().list(onConfig, page)))
                    .extracting(Session::id)
                    .as("sessions once the config is back")
                    .containsExactlyInAnyOrderElementsOf(created);
        }
    }

    @Clause(id = "SES-PURGE-004")
    void purgesAndCreatesLeaveNothing(ClauseContext given) {
        ClauseContext fresh = given.fresh();
        Config config = fresh.config();
        UserId owner = UserId.of("owner");
        SessionId id = SessionId.of("again and again");
        for (int i = 0; i < 50; i++) {
            fresh.sessions().create(NewSession.on(config.id()).id(id).owner(owner));
            fresh.sessions().append(id, HELLO);
            assertThat(fresh.sessions().purge(id)).as("purged").isTrue();
        }
        SessionFilter any = SessionFilter.builder().visibility(Visibility.ANY).build();
        assertThat(fresh.sessions().count(any)).as("sessions left").isZero();
        assertThat(fresh.sessions().sessionsOf(owner, PageRequest.first()).items())
                .as("memberships left")
                .isEmpty();
        Session last = fresh.sessions().create(NewSession.on(config.id()).id(id));
        assertThat(fresh.sessions().transcript(last.id()).messages()).as("messages left").isEmpty();
    }

    /** What is known of the session before must not be taken for the one that has its id now. */
    @Clause(id = "SES-PURGE-005")
    void sessionUnderAFormerIdIsActiveAnew(ClauseContext given) {
        Session former = given.session();
        Instant then = given.clock().instant();
        given.sessions().append(former.id(), List.of(HELLO, HELLO), AppendOptions.plain());
        given.sessions().purge(former.id());
        given.clock().move(Duration.ofMinutes(-2));
        given.sessions().create(NewSession.on(former.configId()).id(former.id()));
        for (int seconds : new int[] {1, 2, 62}) {
            Instant now = then.plusSeconds(seconds);
            given.clock().set(now);
            given.sessions().append(former.id(), HELLO);

            assertThat(given.sessions().get(former.id()).lastActivityAt())
                    .as("last activity")
                    .isBetween(now.minusSeconds(60), now);
        }
    }

    @Clause(id = "SES-UPDATE-008")
    void concurrentMergesLoseNothing(ClauseContext given) {
        Session old = given.session();

        List<Outcome<Session>> outcomes =
                Together.run(
                        8,
                        i ->
                                given.sessions()
                                        .update(
                                                old.id(),
                                                SessionUpdate.nothing()
                                                        .mergeMetadata(
                                                                Json.of(
                                                                        "{\"k" + i + "\":" + i
                                                                                + "}"))));

        assertThat(Outcome.errors(outcomes)).as("updates that failed").isEmpty();
        Expect.means(
                given.sessions().get(old.id()).metadata(),
                "{\"k0\":0,\"k1\":1,\"k2\":2,\"k3\":3,\"k4\":4,\"k5\":5,\"k6\":6,\"k7\":7}");
    }

    @Clause(id = "SES-UPDATE-012")
    void oneOfConcurrentWins(ClauseContext given) {
        Session old = given.session();

        List<Outcome<Session>> outcomes =
                Together.run(
                        8,
                        i ->
                                given.sessions()
                                        .update(
                                                old.id(),
                                                SessionUpdate.nothing()
                                                        .status(SessionStatus.COMPLETED)
                                                        .expectVersion(1)));

        assertThat(Outcome.values(outcomes)).as("updates that succeeded").hasSize(1);
        assertThat(Outcome.errors(outcomes)).hasOnlyElementsOfType(ConflictException.class);
        assertThat(given.sessions().get(old.id()).version()).as("version").isEqualTo(2);
    }

    @Clause(id = "SES-UPDATE-013")
    void concurrentUpdatesAllCount(ClauseContext given) {
        Session old = given.session();

        List<Outcome<Session>> outcomes =
                Together.run(
                        20,
                        i ->
                                given.sessions()
                                        .update(
                                                old.id(),
                                                SessionUpdate.nothing()
                                                        .metadata(Json.of("{\"by\":" + i + "}"))));

        assertThat(Outcome.errors(outcomes)).as("updates that failed").isEmpty();
        Session found = given.sessions().get(old.id());
        assertThat(found.version()).as("version after 20 updates").isEqualTo(21);
        assertThat(Outcome.values(outcomes))
                .as("one update gave the last word")
                .anyMatch(u -> u.version() == 21 && u.metadata().sameMeaning(found.metadata()));
    }
}
