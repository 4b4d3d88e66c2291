package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.ClauseContext.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.Json;
import io.twinstore.storage.SettingsStore;
import io.twinstore.storage.StoredSetting;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings: changing one that depends on what is there. */
final class CompareAndSetClauses {

    private static final Duration LATER = Duration.ofMinutes(5);
    private static final Json NULL = Json.of("null");
    private static final Json NEW = Json.of("\"new\"");

    @Clause(id = "SET-CAS-001")
    void setsWhereTheMeaningIsTheSame(ClauseContext given) {
        List<List<String>> pairs =
                List.of(
                        List.of("1.0", "1"),
                        List.of("1e2", "100.00"),
                        List.of("{\"a\":1,\"b\":[2]}", " { \"b\" : [2.0], \"a\" : 1 } "),
                        List.of("\"\\u00fc\"", "\"ü\""),
                        List.of("null", "null"));
        for (List<String> pair : pairs) {
            String key = given.unique("theme");
            given.clock().set(START);
            given.settings().put(key, Json.of(pair.get(0)), "team");
            given.clock().move(LATER);

            assertThat(given.settings().compareAndSet(key, Json.of(pair.get(1)), NEW))
                    .as("%s, expected as %s", pair.get(0), pair.get(1))
                    .isTrue();
            Expect.same(
                    given.settings().get(key),
                    new StoredSetting(key, NEW, "team", START.plus(LATER)));
        }
    }

    @Clause(id = "SET-CAS-002")
    void leavesAnythingElse(ClauseContext given) {
        String key = given.unique("theme");
        StoredSetting old = given.settings().put(key, Json.of("{\"a\":1,\"b\":[1,2]}"));

        for (String near :
                List.of(
                        "{\"a\":1,\"b\":[2,1]}",
                        "{\"a\":1}",
                        "{\"a\":\"1\",\"b\":[1,2]}",
                        "{\"a\":1,\"b\":[1,2],\"c\":null}",
                        "null")) {
            assertThat(given.settings().compareAndSet(key, Json.of(near), NEW))
                    .as("expecting %s", near)
                    .isFalse();
        }

        Expect.same(given.settings().get(key), old);
        String unknown = given.unique("unknown");
        assertThat(given.settings().compareAndSet(unknown, NEW, NEW)).as("unknown").isFalse();
        assertThat(given.settings().find(unknown)).as("the unknown setting").isEmpty();
    }

    @Clause(id = "SET-CAS-003")
    void absenceIsNotJsonNull(ClauseContext given) {
        SettingsStore settings = given.settings();
        String absent = given.unique("absent");
        String nothing = given.unique("nothing");
        settings.put(nothing, NULL);

        assertThat(settings.compareAndSet(absent, NULL, NEW)).as("null, of none").isFalse();
        assertThat(settings.find(absent)).as("the absent setting").isEmpty();
        assertThat(settings.compareAndSet(nothing, null, NEW)).as("none, of null").isFalse();
        Expect.means(settings.get(nothing).value(), "null");

        assertThat(settings.compareAndSet(absent, null, NEW)).as("none, of none").isTrue();
        Expect.same(
                settings.get(absent), new StoredSetting(absent, NEW, SettingsStore.GLOBAL, START));
        assertThat(settings.compareAndSet(nothing, NULL, NEW)).as("null, of null").isTrue();
    }

    @Clause(id = "SET-CAS-004")
    void losesNoUpdate(ClauseContext given) {
        String key = given.unique("counter");
        given.settings().put(key, Json.of("0"));
        SettingsStore other = given.open(options -> options).settings();

        List<Outcome<Integer>> outcomes =
                Together.run(
                        4,
                        i -> {
                            SettingsStore settings = i % 2 == 0 ? given.settings() : other;
                            for (int added = 0; added < 10; ) {
                                Json seen = settings.get(key).value();
                                long next = Long.parseLong(seen.text()) + 1;
                                Json more = Json.of(Long.toString(next));
                                added += settings.compareAndSet(key, seen, more) ? 1 : 0;
                            }
                            return i;
                        });

        assertThat(Outcome.errors(outcomes)).as("threads that failed").isEmpty();
        Expect.means(given.settings().get(key).value(), "40");
    }

    @Clause(id = "SET-CAS-005")
    void oneOfConcurrentCreates(ClauseContext given) {
        String key = given.unique("leader");
        SettingsStore other = given.open(options -> options).settings();

        List<Outcome<Optional<Json>>> outcomes =
                Together.run(
                        8,
                        i -> {
                            SettingsStore settings = i % 2 == 0 ? given.settings() : other;
                            Json own = Json.of("{\"by\":" + i + "}");
                            return settings.compareAndSet(key, null, own)
                                    ? Optional.of(own)
                                    : Optional.empty();
                        });

        assertThat(Outcome.errors(outcomes)).as("calls that failed").isEmpty();
        List<Json> winners = Outcome.values(outcomes).stream().flatMap(Optional::stream).toList();
        assertThat(winners).as("those that set it").hasSize(1);
        Expect.same(given.settings().get(key).value(), winners.get(0));
    }

    @Clause(id = "SET-CAS-006")
    void refusesBadValues(ClauseContext given) {
        String key = given.unique("theme");
        StoredSetting old = given.settings().put(key, NULL);
        Json bad = Json.of("[\"\\u0000\"]");

        Expect.refused("setting.value", () -> given.settings().compareAndSet(key, NULL, bad));
        assertThat(given.settings().compareAndSet(key, bad, NEW)).as("expecting it").isFalse();

        Expect.same(given.settings().get(key), old);
    }
}
