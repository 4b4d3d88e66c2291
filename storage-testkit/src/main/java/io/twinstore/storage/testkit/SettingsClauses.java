package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.ClauseContext.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.Cursor;
import io.twinstore.storage.Json;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.SettingsStore;
import io.twinstore.storage.StoredSetting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Settings: putting, finding, deleting and listing them. */
final class SettingsClauses {

    private static final Duration LATER = Duration.ofMinutes(5);
    private static final Json ONE = Json.of("1");
    private static final Json TWO = Json.of("2");

    @Clause(id = "SET-PUT-001")
    void comesBackAsPut(ClauseContext given) {
        String key = given.unique("theme");
        Json value = Json.of("{\"dark\":true,\"sizes\":[1,2.5,\"ü\"]}");

        StoredSetting put = given.settings().put(key, value, "team");

        Expect.same(put, new StoredSetting(key, value, "team", START));
        Expect.same(given.settings().get(key), put);
    }

    @Clause(id = "SET-PUT-002")
    void replacesValueAndScope(ClauseContext given) {
        String key = given.unique("theme");
        String other = given.unique("theme");
        given.settings().put(key, Json.of("{\"a\":1}"), "team");
        StoredSetting spared = given.settings().put(other, ONE, "team");
        given.clock().move(LATER);

        StoredSetting put = given.settings().put(key, Json.of("{\"b\":2}"), "user");

        Expect.same(put, new StoredSetting(key, Json.of("{\"b\":2}"), "user", START.plus(LATER)));
        Expect.same(given.settings().get(key), put);
        Expect.same(given.settings().get(other), spared);
    }

    @Clause(id = "SET-PUT-003")
    void scopeIsGlobalAndKept(ClauseContext given) {
        String fresh = given.unique("theme");
        String scoped = given.unique("theme");
        given.settings().put(scoped, ONE, "team");

        given.settings().put(fresh, ONE);
        given.settings().put(scoped, TWO);

        assertThat(given.settings().get(fresh).scope())
                .as("scope of a new one")
                .isEqualTo(SettingsStore.GLOBAL)
                .isEqualTo("global");
        assertThat(given.settings().get(scoped).scope())
                .as("scope of an old one")
                .isEqualTo("team");
        Expect.means(given.settings().get(scoped).value(), "2");
    }

    @Clause(id = "SET-PUT-004")
    void keepsAnyJsonByMeaning(ClauseContext given) {
        List<String> values =
                List.of(
                        "null",
                        "true",
                        "false",
                        "\"anthropic\"",
                        "\"\"",
                        "\"null\"",
                        "\"{\\\"a\\\":1}\"",
                        "-0.5",
                        "1e3",
                        "123456789012345678901234567890.10",
                        "[]",
                        "[1, 2.5, true, \"\\u00fc\", null]",
                        "{}",
                        "{\"z\":{\"a\":[null]},\"a\":\"" + Samples.EMOJI + "\"}");
        for (String value : values) {
            String key = given.unique("any");
            given.settings().put(key, Json.of(value));

            assertThat(given.settings().find(key)).as("the setting of %s", value).isPresent();
            StoredSetting found = given.settings().get(key);
            Expect.means(found.value(), value);
            assertThat(found.value().kind())
                    .as("kind of %s", value)
                    .isEqualTo(Json.of(value).kind());
        }
    }

    @Clause(id = "SET-PUT-005")
    void refusesWhatCannotBeIndexed(ClauseContext given) {
        String key = given.unique("theme");
        StoredSetting old = given.settings().put(key, ONE);

        for (String bad : List.of("{\"a\":[0,\"hush\\u0000\"]}", "{\"a\":[0,\"hush\\ud83d\"]}")) {
            var refusal =
                    Expect.refused("setting.value", () -> given.settings().put(key, Json.of(bad)));
            assertThat(refusal.getMessage())
                    .as("the message")
                    .contains("/a/1")
                    .doesNotContain("hush");
        }

        Expect.same(given.settings().get(key), old);
    }

    @Clause(id = "SET-PUT-006")
    void keyAndScopeHaveBounds(ClauseContext given) {
        SettingsStore settings = given.settings();
        String key = given.unique("theme");
        for (String bad : List.of("", "x".repeat(256), Samples.NUL, Samples.LONE_SURROGATE)) {
            Expect.refused("setting.key", () -> settings.put(bad, ONE));
            Expect.refused("setting.key", () -> settings.find(bad));
            Expect.refused("setting.key", () -> settings.compareAndSet(bad, null, ONE));
            Expect.refused("setting.key", () -> settings.delete(bad));
            Expect.refused("setting.scope", () -> settings.put(key, ONE, bad));
            Expect.refused("setting.scope", () -> settings.inScope(bad, PageRequest.first()));
        }
        String longest = key + Samples.EMOJI.repeat(255 - key.length());
        Expect.answer(() -> settings.put(longest, ONE, Samples.EMOJI.repeat(255)));

        assertThat(settings.find(key)).as("what was refused").isEmpty();
        assertThat(settings.find(longest)).as("the longest key").isPresent();
    }

    @Clause(id = "SET-PUT-007")
    void instantNeverGoesBack(ClauseContext given) {
        String key = given.unique("theme");
        given.settings().put(key, ONE);
        given.clock().move(LATER.negated());

        given.settings().put(key, TWO);
        assertThat(given.settings().get(key).updatedAt()).as("after a put").isEqualTo(START);
        given.settings().compareAndSet(key, TWO, ONE);

        assertThat(given.settings().get(key).updatedAt()).as("after a set").isEqualTo(START);
    }

    @Clause(id = "SET-PUT-008")
    void concurrentPutsAllSucceed(ClauseContext given) {
        String key = given.unique("theme");
        SettingsStore other = given.open(options -> options).settings();

        List<Outcome<StoredSetting>> outcomes =
                Together.run(
                        16,
                        i ->
                                (i % 2 == 0 ? given.settings() : other)
                                        .put(key, Json.of("{\"by\":" + i + "}")));

        assertThat(Outcome.errors(outcomes)).as("puts that failed").isEmpty();
        assertThat(Outcome.values(outcomes))
                .as("the value of each put")
                .extracting(StoredSetting::value)
                .contains(given.settings().get(key).value())
                .doesNotHaveDuplicates();
    }

    @Clause(id = "SET-FIND-001")
    void unknownIsNotFound(ClauseContext given) {
        String unknown = given.unique("unknown");

        assertThat(given.settings().find(unknown)).as("an unknown setting").isEmpty();
        Expect.notFound("setting", unknown, () -> given.settings().get(unknown));
    }

    @Clause(id = "SET-FIND-002")
    void anyTextIsAKeyByCodePoint(ClauseContext given) {
        String unique = given.unique("k");
        for (String id : Samples.IDS) {
            String key = id.codePointCount(0, id.length()) > 200 ? id : id + unique;
            given.settings().put(key, Json.string(key), key);
        }
        for (String id : Samples.IDS) {
            String key = id.codePointCount(0, id.length()) > 200 ? id : id + unique;
            assertThat(given.settings().find(key))
                    .get()
                    .extracting(StoredSetting::key, StoredSetting::scope, s -> s.value().toJava())
                    .containsExactly(key, key, key);
        }
        given.settings().put(unique + "A", ONE);
        assertThat(given.settings().find(unique + "a")).as("the key in lower case").isEmpty();
        assertThat(given.settings().find(unique + "A ")).as("with a space").isEmpty();
    }

    @Clause(id = "SET-DELETE-001")
    void deletesOnce(ClauseContext given) {
        String key = given.unique("theme");
        given.settings().put(key, Json.of("null"));
        StoredSetting spared = given.settings().put(key + " ", ONE);

        assertThat(given.settings().delete(key)).as("the first time").isTrue();
        assertThat(given.settings().delete(key)).as("the second time").isFalse();
        assertThat(given.settings().find(key)).as("the deleted setting").isEmpty();
        Expect.same(given.settings().get(key + " "), spared);
    }

    @Clause(id = "SET-LIST-001")
    void listsAllByKey(ClauseContext outer) {
        ClauseContext given = outer.fresh();
        assertThat(given.settings().all(PageRequest.first()).items()).as("at first").isEmpty();
        // U+FF5E sorts behind the surrogates of an emoji when UTF-16 units are compared.
        List<String> ascending = List.of("B", "a", "b", "b b", "ä", "\uFF5E", Samples.EMOJI);
        List<String> shuffled = new ArrayList<>(ascending.subList(3, 7));
        shuffled.addAll(ascending.subList(0, 3));
        shuffled.forEach(key -> given.settings().put(key, Json.string(key), "scope of " + key));

        for (int size : new int[] {1, 3, 7, 1000}) {
            assertThat(Expect.walk(size, page -> given.settings().all(page)))
                    .as("all pages of %s", size)
                    .extracting(StoredSetting::key)
                    .isEqualTo(ascending);
        }
    }

    @Clause(id = "SET-LIST-002")
    void listsAScope(ClauseContext given) {
        String scope = given.unique("Scope_%");
        List<String> in = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            in.add(given.settings().put(given.unique("in" + i), ONE, scope).key());
        }
        for (String near : List.of(scope + " ", scope + "0", scope.replace('S', 's'), "global")) {
            given.settings().put(given.unique("near"), ONE, near);
        }
        String moved = given.settings().put(given.unique("moved"), ONE, scope).key();
        given.settings().put(moved, ONE, scope + " ");

        for (int size : new int[] {2, 5}) {
            assertThat(Expect.walk(size, page -> given.settings().inScope(scope, page)))
                    .as("pages of %s", size)
                    .extracting(StoredSetting::key)
                    .isEqualTo(in);
        }
    }

    @Clause(id = "SET-LIST-003")
    void refusesForeignCursors(ClauseContext given) {
        String scope = given.unique("scope");
        for (int i = 0; i < 2; i++) {
            given.settings().put(given.unique("k"), ONE, scope);
        }
        SettingsStore settings = given.settings();
        Cursor ofScope =
                Objects.requireNonNull(settings.inScope(scope, PageRequest.ofSize(1)).nextCursor());
        PageRequest page = PageRequest.ofSize(1).from(ofScope);

        Expect.refused("cursor", () -> settings.inScope(scope + "2", page));
        Expect.refused("cursor", () -> settings.all(page));
    }

    @Clause(id = "SET-TXN-001")
    void goesWithItsTransaction(ClauseContext given) {
        String kept = given.unique("kept");
        String undone = given.unique("undone");

        given.storage().transaction(tx -> tx.settings().put(kept, ONE));
        Expect.thrown(
                IllegalStateException.class,
                () ->
                        given.storage()
                                .transaction(
                                        tx -> {
                                            tx.settings().put(undone, ONE);
                                            tx.settings().delete(kept);
                                            throw new IllegalStateException("undo");
                                        }));

        assertThat(given.settings().find(kept)).as("what was committed").isPresent();
        assertThat(given.settings().find(undone)).as("what was rolled back").isEmpty();
    }
}
