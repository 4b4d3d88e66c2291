package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.ClauseContext.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.AppId;
import io.twinstore.storage.Application;
import io.twinstore.storage.ApplicationStore;
import io.twinstore.storage.ApplicationUpdate;
import io.twinstore.storage.ConflictException;
import io.twinstore.storage.IssuedKey;
import io.twinstore.storage.Json;
import io.twinstore.storage.NewApplication;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.Session;
import java.time.Duration;
import java.util.List;

/** Applications: changing and deleting them. */
final class ApplicationChangeClauses {

    private static final Duration LATER = Duration.ofMinutes(5);

    private static IssuedKey create(ClauseContext given) {
        return given.applications()
                .create(
                        NewApplication.named("Web")
                                .id(given.app("web"))
                                .settings(Json.of("{\"rate\":60,\"b\":{\"c\":1}}")));
    }

    @Clause(id = "APPS-UPDATE-001")
    void changesOnlyWhatIsNamed(ClauseContext given) {
        List<ApplicationUpdate> updates =
                List.of(
                        ApplicationUpdate.nothing(),
                        ApplicationUpdate.nothing().name("new"),
                        ApplicationUpdate.nothing().settings(Json.of("{\"x\":1}")));
        for (ApplicationUpdate update : updates) {
            given.clock().set(START);
            Application old = create(given).application();
            given.clock().move(LATER);

            Application updated = given.applications().update(old.id(), update);

            Application expected =
                    new Application(
                            old.id(),
                            update.name() == null ? old.name() : update.name(),
                            true,
                            update.settings() == null ? old.settings() : update.settings(),
                            old.keyPrefix(),
                            2,
                            START,
                            START.plus(LATER));
            Expect.same(updated, expected);
            Expect.same(given.applications().get(old.id()), expected);
        }
    }

    @Clause(id = "APPS-UPDATE-002")
    void knowsTheExpectedVersion(ClauseContext given) {
        Application old = create(given).application();
        ApplicationUpdate update = ApplicationUpdate.nothing().name("new");

        Expect.conflict(
                ConflictException.Reason.VERSION,
                7,
                1,
                () -> given.applications().update(old.id(), update.expectVersion(7)));
        Expect.same(given.applications().get(old.id()), old);

        given.applications().update(old.id(), update.expectVersion(1));
        assertThat(given.applications().get(old.id()).name()).isEqualTo("new");
    }

    @Clause(id = "APPS-UPDATE-003")
    void mergesSettings(ClauseContext given) {
        AppId id = create(given).application().id();
        ApplicationUpdate nothing = ApplicationUpdate.nothing();

        given.applications()
                .update(id, nothing.mergeSettings(Json.of("{\"rate\":null,\"b\":{\"d\":2}}")));
        Expect.means(given.applications().get(id).settings(), "{\"b\":{\"c\":1,\"d\":2}}");

        given.applications()
                .update(
                        id,
                        nothing.settings(Json.of("{\"x\":1,\"y\":1}"))
                                .mergeSettings(Json.of("{\"y\":null,\"z\":1}")));
        Expect.means(given.applications().get(id).settings(), "{\"x\":1,\"z\":1}");
    }

    @Clause(id = "APPS-UPDATE-004")
    void concurrentMergesLoseNothing(ClauseContext given) {
        AppId id = create(given).application().id();
        ApplicationStore other = given.open(options -> options).applications();

        List<Outcome<Application>> outcomes =
                Together.run(
                        10,
                        i ->
                                (i % 2 == 0 ? given.applications() : other)
                                        .update(
                                                id,
                                                ApplicationUpdate.nothing()
                                                        .mergeSettings(
                                                                Json.of("{\"k" + i + "\":1}"))));

        assertThat(Outcome.errors(outcomes)).as("updates that failed").isEmpty();
        Application found = given.applications().get(id);
        assertThat(found.version()).as("version").isEqualTo(11);
        for (int i = 0; i < 10; i++) {
            assertThat(found.settings().at("/k" + i)).as("what update %s set", i).isPresent();
        }
    }

    @Clause(id = "APPS-UPDATE-005")
    void refusesBadUpdates(ClauseContext given) {
        Application old = create(given).application();
        ApplicationUpdate nothing = ApplicationUpdate.nothing();
        Json bad = Json.of("[]");

        Expect.refused(
                "application.name", () -> given.applications().update(old.id(), nothing.name("")));
        Expect.refused(
                "application.settings",
                () -> given.applications().update(old.id(), nothing.settings(bad)));
        Expect.refused(
                "application.settingsPatch",
                () -> given.applications().update(old.id(), nothing.mergeSettings(bad)));

        Expect.same(given.applications().get(old.id()), old);
    }

    @Clause(id = "APPS-UPDATE-006")
    void instantNeverGoesBack(ClauseContext given) {
        AppId id = create(given).application().id();
        given.clock().move(LATER.negated());

        given.applications().update(id, ApplicationUpdate.nothing().name("new"));
        given.applications().deactivate(id);

        assertThat(given.applications().get(id).updatedAt()).as("updated at").isEqualTo(START);
    }

    @Clause(id = "APPS-DELETE-001")
    void deletesForGood(ClauseContext given) {
        IssuedKey made = create(given);
        IssuedKey spared = create(given);
        AppId id = made.application().id();
        assertThat(given.applications().authenticate(made.key())).as("its key").isPresent();

        assertThat(given.applications().delete(id)).as("the first time").isTrue();
        assertThat(given.applications().delete(id)).as("the second time").isFalse();

        assertThat(given.applications().find(id)).as("the deleted one").isEmpty();
        assertThat(given.applications().authenticate(made.key())).as("its key").isEmpty();
        assertThat(given.applications().authenticate(spared.key())).as("another").isPresent();
        IssuedKey again = given.applications().create(NewApplication.named("again").id(id));
        assertThat(again.application().version()).as("version").isEqualTo(1);
        assertThat(given.applications().authenticate(made.key())).as("the old key").isEmpty();
    }

    @Clause(id = "APPS-DELETE-002")
    void sparesSessions(ClauseContext given) {
        AppId id = create(given).application().id();
        Session session =
                given.sessions()
                        .create(NewSession.on(given.config().id()).id(given.sessionId()).app(id));
        given.users().seen(given.user("ada"), id);

        given.applications().delete(id);

        assertThat(given.sessions().find(session.id())).as("its session").isPresent();
        Expect.same(given.sessions().get(session.id()), session);
    }
}
