package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.ClauseContext.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.AppId;
import io.twinstore.storage.Json;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.ParticipantRole;
import io.twinstore.storage.Session;
import io.twinstore.storage.SessionFilter;
import io.twinstore.storage.SessionUpdate;
import io.twinstore.storage.User;
import io.twinstore.storage.UserFilter;
import io.twinstore.storage.UserId;
import io.twinstore.storage.UserStore;
import java.time.Duration;
import java.util.List;

/** Users: seeing, finding, describing and listing them. */
final class UserClauses {

    private static final Duration LATER = Duration.ofMinutes(5);

    @Clause(id = "USR-SEEN-001")
    void comesBackAsSeen(ClauseContext given) {
        UserId ada = given.user("ada");
        UserId bob = given.user("bob");
        AppId app = given.app("web");

        given.users().seen(ada, app);
        given.users().seen(bob);

        Expect.same(
                given.users().get(ada), new User(ada, START, START, app, 0, Json.emptyObject()));
        Expect.same(
                given.users().get(bob), new User(bob, START, START, null, 0, Json.emptyObject()));
    }

    @Clause(id = "USR-SEEN-002")
    void keepsWhatWasFirst(ClauseContext given) {
        UserId ada = given.user("ada");
        UserId other = given.user("other");
        AppId cli = given.app("cli");
        given.users().seen(ada, given.app("web"));
        given.users().seen(other);
        Json metadata = Json.of("{\"name\":\"Renée\"}");
        given.users().replaceMetadata(ada, metadata);
        given.clock().move(LATER);

        given.users().seen(ada, cli);

        Expect.same(
                given.users().get(ada), new User(ada, START, START.plus(LATER), cli, 0, metadata));
        assertThat(given.users().get(other).lastSeen()).as("another user").isEqualTo(START);
    }

    @Clause(id = "USR-SEEN-003")
    void keepsTheAppThatIsKnown(ClauseContext given) {
        UserId ada = given.user("ada");
        AppId app = given.app("web");
        given.users().seen(ada, app);

        given.users().seen(ada);

        assertThat(given.users().get(ada).lastSeenApp()).as("the application").isEqualTo(app);
    }

    @Clause(id = "USR-SEEN-004")
    void neverGoesBack(ClauseContext given) {
        UserId ada = given.user("ada");
        given.users().seen(ada);
        given.clock().move(LATER.negated());

        given.users().seen(ada);

        User found = given.users().get(ada);
        assertThat(found.lastSeen()).as("last seen").isEqualTo(START);
        assertThat(found.firstSeen()).as("first seen").isEqualTo(START);
    }

    @Clause(id = "USR-SEEN-005")
    void manyMaySeeOneAtOnce(ClauseContext given) {
        UserId ada = given.user("ada");
        UserStore other = given.open(options -> options).users();

        List<Outcome<Integer>> outcomes =
                Together.run(
                        16,
                        i -> {
                            (i % 2 == 0 ? given.users() : other).seen(ada, given.app("app"));
                            return i;
                        });

        assertThat(Outcome.errors(outcomes)).as("calls that failed").isEmpty();
        assertThat(given.users().get(ada).lastSeenApp()).as("the application").isNotNull();
    }

    @Clause(id = "USR-FIND-001")
    void unknownIsNotFound(ClauseContext given) {
        UserId unknown = given.user("unknown");
        given.sessionOf(unknown);

        assertThat(given.users().find(unknown)).as("an owner who was never seen").isEmpty();
        Expect.notFound("user", unknown, () -> given.users().get(unknown));
    }

    @Clause(id = "USR-FIND-002")
    void anyTextIsAnId(ClauseContext outer) {
        ClauseContext given = outer.fresh();
        for (String id : Samples.IDS) {
            given.users().seen(UserId.of(id), AppId.of(id));
        }

        for (String id : Samples.IDS) {
            assertThat(given.users().find(UserId.of(id)).map(User::lastSeenApp))
                    .as("the application of %s", id)
                    .contains(AppId.of(id));
        }
        assertThat(given.users().find(UserId.of("AUTH0|42"))).as("in upper case").isEmpty();
        assertThat(given.users().count(UserFilter.all())).isEqualTo(Samples.IDS.size());
    }

    @Clause(id = "USR-TOTAL-001")
    void totalIsWhatIsOwned(ClauseContext given) {
        UserId ada = given.user("ada");
        UserId bob = given.user("bob");
        given.users().seen(ada);
        given.users().seen(bob);
        assertTotal(given, ada, 0);

        Session first = given.sessionOf(ada);
        Session second = given.sessionOf(ada);
        Session shared = given.sessionOf(bob);
        given.session();
        given.sessions().addParticipant(shared.id(), ada, ParticipantRole.EDITOR);
        assertTotal(given, ada, 2);

        given.sessions().delete(first.id());
        assertTotal(given, ada, 1);
        given.configs().delete(second.configId());
        assertTotal(given, ada, 0);
        given.configs().restore(second.configId());
        given.sessions().restore(first.id());
        assertTotal(given, ada, 2);
        given.sessions().update(first.id(), SessionUpdate.nothing().owner(bob));
        given.sessions().purge(second.id());
        assertTotal(given, ada, 0);
        assertTotal(given, bob, 2);
    }

    private static void assertTotal(ClauseContext given, UserId user, long total) {
        assertThat(given.users().get(user).totalSessions())
                .as("total sessions of %s", user)
                .isEqualTo(total)
                .isEqualTo(given.sessions().count(SessionFilter.builder().owner(user).build()));
    }

    @Clause(id = "USR-TOTAL-002")
    void totalIsTrueUnderConcurrency(ClauseContext given) {
        UserId ada = given.user("ada");
        given.users().seen(ada);
        var config = given.config();

        List<Outcome<Session>> outcomes =
                Together.run(
                        12,
                        i -> {
                            Session made =
                                    given.sessions().create(NewSession.on(config.id()).owner(ada));
                            given.users().seen(ada);
                            if (i % 3 == 0) {
                                given.sessions().purge(made.id());
                            }
                            return made;
                        });

        assertThat(Outcome.errors(outcomes)).as("calls that failed").isEmpty();
        assertTotal(given, ada, 8);
    }

    @Clause(id = "USR-TXN-001")
    void goesWithItsTransaction(ClauseContext given) {
        UserId kept = given.user("kept");
        UserId undone = given.user("undone");

        var inside =
                given.storage()
                        .transaction(
                                tx -> {
                                    tx.users().seen(kept);
                                    return tx.users().find(kept);
                                });
        Expect.thrown(
                IllegalStateException.class,
                () ->
                        given.storage()
                                .transaction(
                                        tx -> {
                                            tx.users().seen(undone);
                                            throw new IllegalStateException("undo");
                                        }));

        assertThat(inside).as("what the transaction sees").isPresent();
        Expect.same(given.users().find(kept), inside);
        assertThat(given.users().find(undone)).as("what was rolled back").isEmpty();
    }
}
