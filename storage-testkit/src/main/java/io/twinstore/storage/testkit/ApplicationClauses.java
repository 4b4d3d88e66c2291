package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.ClauseContext.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.AppId;
import io.twinstore.storage.Application;
import io.twinstore.storage.ApplicationStore;
import io.twinstore.storage.ApplicationUpdate;
import io.twinstore.storage.IssuedKey;
import io.twinstore.storage.Json;
import io.twinstore.storage.NewApplication;
import io.twinstore.storage.PageRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Applications: creating, finding, listing, changing and deleting them. */
final class ApplicationClauses {

    private static final Duration LATER = Duration.ofMinutes(5);

    private static IssuedKey create(ClauseContext given) {
        return given.applications()
                .create(
                        NewApplication.named("Web")
                                .id(given.app("web"))
                                .settings(Json.of("{\"rate\":60,\"b\":{\"c\":1}}")));
    }

    @Clause(id = "APPS-CREATE-001")
    void comesBackAsGiven(ClauseContext given) {
        AppId id = given.app("web");
        AppId off = given.app("off");
        Json settings = Json.of("{\"rate\":60,\"hosts\":[\"a\",null]}");

        IssuedKey made =
                given.applications()
                        .create(NewApplication.named("Grüße ").id(id).settings(settings));
        given.applications().create(NewApplication.named("x").id(off).inactive());

        Expect.same(
                made.application(),
                new Application(
                        id,
                        "Grüße ",
                        true,
                        settings,
                        made.application().keyPrefix(),
                        1,
                        START,
                        START));
        Expect.same(given.applications().get(id), made.application());
        assertThat(given.applications().get(off).active()).as("active").isFalse();
        Expect.means(given.applications().get(off).settings(), "{}");
    }

    @Clause(id = "APPS-CREATE-002")
    void takenIdIsRefused(ClauseContext given) {
        IssuedKey first = create(given);
        AppId id = first.application().id();

        Expect.taken(
                "application",
                id,
                () -> given.applications().create(NewApplication.named("other").id(id)));

        Expect.same(given.applications().get(id), first.application());
        assertThat(given.applications().authenticate(first.key())).as("its key").isPresent();
    }

    @Clause(id = "APPS-CREATE-003")
    void makesIds(ClauseContext given) {
        AppId one = given.applications().create(NewApplication.named("x")).application().id();
        AppId other = given.applications().create(NewApplication.named("x")).application().id();

        assertThat(one).as("the id that was made").isNotEqualTo(other);
        assertThat(given.applications().find(other)).as("the other").isPresent();
    }

    @Clause(id = "APPS-CREATE-004")
    void refusesBadValues(ClauseContext given) {
        ApplicationStore applications = given.applications();
        AppId id = given.app("bad");
        for (String name : List.of("", "x".repeat(256), Samples.NUL, Samples.LONE_SURROGATE)) {
            Expect.refused(
                    "application.name",
                    () -> applications.create(NewApplication.named(name).id(id)));
        }
        for (String settings : List.of("[]", "null", "{\"a\":\"\\u0000\"}")) {
            Expect.refused(
                    "application.settings",
                    () ->
                            applications.create(
                                    NewApplication.named("x").id(id).settings(Json.of(settings))));
        }

        assertThat(applications.find(id)).as("what was refused").isEmpty();
        Expect.answer(() -> applications.create(NewApplication.named(Samples.EMOJI.repeat(255))));
    }

    @Clause(id = "APPS-FIND-001")
    void unknownIsNotFound(ClauseContext given) {
        AppId unknown = given.app("unknown");

        assertThat(given.applications().find(unknown)).as("an unknown one").isEmpty();
        assertThat(given.applications().delete(unknown)).as("deleting it").isFalse();
        Expect.notFound("application", unknown, () -> given.applications().get(unknown));
        Expect.notFound("application", unknown, () -> given.applications().activate(unknown));
        Expect.notFound("application", unknown, () -> given.applications().deactivate(unknown));
        Expect.notFound(
                "application",
                unknown,
                () -> given.applications().rotateKey(unknown, Duration.ZERO));
        Expect.notFound(
                "application",
                unknown,
                () -> given.applications().update(unknown, ApplicationUpdate.nothing()));
    }

    @Clause(id = "APPS-LIST-001")
    void listsById(ClauseContext outer) {
        ClauseContext given = outer.fresh();
        assertThat(given.applications().list(PageRequest.first()).items()).isEmpty();
        assertThat(given.applications().count()).as("count at first").isZero();
        List<String> ids = new ArrayList<>(Samples.IDS);
        // U+FF5E sorts behind the surrogates of an emoji when UTF-16 units are compared.
        ids.add("\uFF5E");
        ids.add(Samples.EMOJI);
        ids.forEach(id -> given.applications().create(NewApplication.named("x").id(AppId.of(id))));
        given.applications().deactivate(AppId.of("null"));
        given.applications().rotateKey(AppId.of("0"), LATER);
        List<AppId> sorted = ids.stream().map(AppId::of).sorted().toList();

        for (int size : new int[] {1, 7, 1000}) {
            List<Application> all = Expect.walk(size, page -> given.applications().list(page));
            assertThat(all)
                    .as("all pages of %s", size)
                    .extracting(Application::id)
                    .isEqualTo(sorted);
            for (Application application : all) {
                Expect.same(given.applications().get(application.id()), application);
            }
        }
        assertThat(given.applications().count()).as("count").isEqualTo(sorted.size());
    }

    @Clause(id = "APPS-LIST-002")
    void refusesForeignCursors(ClauseContext given) {
        for (int i = 0; i < 2; i++) {
            given.settings().put(given.unique("k"), Json.of("1"));
        }
        var ofSettings =
                Objects.requireNonNull(given.settings().all(PageRequest.ofSize(1)).nextCursor());

        Expect.refused(
                "cursor", () -> given.applications().list(PageRequest.first().from(ofSettings)));
    }

    @Clause(id = "APPS-TXN-001")
    void goesWithItsTransaction(ClauseContext given) {
        AppId kept = given.app("kept");
        AppId undone = given.app("undone");

        IssuedKey made =
                given.storage()
                        .transaction(
                                tx -> tx.applications().create(NewApplication.named("x").id(kept)));
        Expect.thrown(
                IllegalStateException.class,
                () ->
                        given.storage()
                                .transaction(
                                        tx -> {
                                            tx.applications()
                                                    .create(NewApplication.named("x").id(undone));
                                            tx.applications().rotateKey(kept, Duration.ZERO);
                                            throw new IllegalStateException("undo");
                                        }));

        assertThat(given.applications().authenticate(made.key())).as("its key").isPresent();
        assertThat(given.applications().find(undone)).as("what was rolled back").isEmpty();
    }
}
