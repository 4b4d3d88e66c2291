package io.twinstore.storage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.AppId;
import io.twinstore.storage.Application;
import io.twinstore.storage.ApplicationStore;
import io.twinstore.storage.IssuedKey;
import io.twinstore.storage.NewApplication;
import io.twinstore.storage.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Applications: keys of which an earlier program left the bcrypt hash. The hashes are another
 * implementation's.
 */
final class ImportedKeyClauses {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final String KEY = "imported-key-of-40-characters-0123456789";
    private static final String TAIL = "$04$abcdefghijklmnopqrstuuJOOjV/eHhc8MH6CZi9FDgH.QiYD.XE6";

    /** Of {@link #KEY}. */
    static final String HASH = "$2b" + TAIL;

    private static final String SHORT_KEY = "short-key";
    private static final String SHORT_HASH =
            "$2b$04$abcdefghijklmnopqrstuuNu/LgEJCXa541TJ/E00r9du79kzGeqq";

    /** Of 72 times x, and of anything that begins like that. */
    private static final String LONG_HASH =
            "$2b$04$abcdefghijklmnopqrstuubzadhGtS2zEF.gu0yd0opP6cVzb.e0i";

    private static final String ODD_KEY = "clé-\uD83D\uDE80-of-an-old-program";
    private static final String ODD_HASH =
            "$2b$05$abcdefghijklmnopqrstuu3W9hETVK9XfKwbBnOpLRe3OlGzuAljy";

    /** Imports an application whose key no other has, so that the key may find it. */
    private static AppId imported(ClauseContext given, String hash) {
        AppId id = given.app("old");
        given.applications()
                .create(NewApplication.named("Old").id(id).importedHash(Secret.of(hash)));
        return id;
    }

    private static Optional<AppId> byKey(ClauseContext given, String key) {
        return given.applications().authenticate(Secret.of(key)).map(Application::id);
    }

    private static Optional<AppId> byId(ClauseContext given, AppId id, String key) {
        return given.applications().authenticate(id, Secret.of(key)).map(Application::id);
    }

    @Clause(id = "APPS-IMPORT-001")
    void signsInByIdAndThenByKey(ClauseContext outer) {
        for (String version : List.of("$2a", "$2b", "$2y")) {
            ClauseContext given = outer.fresh();
            AppId id = given.app("old");
            IssuedKey made =
                    given.applications()
                            .create(
                                    NewApplication.named("Old")
                                            .id(id)
                                            .importedHash(Secret.of(version + TAIL)));
            assertThat(made.key().isPresent()).as("a new key").isFalse();
            assertThat(made.application().keyPrefix()).as("prefix").isNull();
            assertThat(byKey(given, KEY)).as("by key before its first use").isEmpty();

            assertThat(byId(given, id, KEY)).as("by id, %s", version).contains(id);

            assertThat(byKey(given, KEY)).as("by key from then on").contains(id);
            assertThat(byId(given, id, KEY)).as("by id from then on").contains(id);
            assertThat(given.applications().get(id).keyPrefix()).as("prefix").isNotNull();
        }
    }

    @Clause(id = "APPS-IMPORT-002")
    void nothingElseSignsIn(ClauseContext outer) {
        ClauseContext given = outer.fresh();
        AppId id = imported(given, HASH);
        AppId other = imported(given, SHORT_HASH);

        assertThat(byId(given, id, KEY + "0")).as("a longer key").isEmpty();
        assertThat(byId(given, other, KEY)).as("with another's id").isEmpty();
        assertThat(byId(given, given.app("unknown"), KEY)).as("with an unknown id").isEmpty();
        given.applications().deactivate(id);
        assertThat(byId(given, id, KEY)).as("inactive").isEmpty();
        given.applications().activate(id);
        assertThat(byKey(given, KEY)).as("by key before its first use").isEmpty();
        assertThat(byId(given, id, HASH)).as("by its hash").isEmpty();

        assertThat(byId(given, id, KEY)).as("the key itself").contains(id);
        given.applications().deactivate(id);
        assertThat(byKey(given, KEY)).as("inactive, by key").isEmpty();
    }

    @Clause(id = "APPS-IMPORT-003")
    void refusesWhatIsNoHash(ClauseContext given) {
        for (String bad :
                List.of(
                        "",
                        "plain text",
                        HASH + "x",
                        HASH.substring(1),
                        HASH.replace("$2b", "$2x"),
                        HASH.replace("$04", "$31"),
                        HASH.replace("$04", "$03"))) {
            var refusal = Expect.refused("application.importedHash", () -> imported(given, bad));
            assertThat(refusal.getMessage()).as("the message").doesNotContain("uuJOOjV", "plain");
        }
        Expect.answer(() -> imported(given, HASH.replace("$04", "$16")));
    }

    @Clause(id = "APPS-IMPORT-004")
    void keepsTheSlowHashWhereItMust(ClauseContext outer) {
        ClauseContext given = outer.fresh();
        AppId shortOne = imported(given, SHORT_HASH);
        AppId longOne = imported(given, LONG_HASH);
        AppId odd = imported(given, ODD_HASH);

        assertThat(byId(given, shortOne, SHORT_KEY)).as("a short key").contains(shortOne);
        assertThat(byKey(given, SHORT_KEY)).as("a short key alone").isEmpty();
        assertThat(byId(given, shortOne, SHORT_KEY)).as("the short key again").contains(shortOne);
        assertThat(byId(given, longOne, "x".repeat(80))).as("80 bytes").contains(longOne);
        assertThat(byKey(given, "x".repeat(80))).as("80 bytes alone").isEmpty();
        assertThat(byId(given, longOne, "x".repeat(71))).as("71 bytes").isEmpty();
        assertThat(byId(given, longOne, "x".repeat(72))).as("72 bytes").contains(longOne);
        assertThat(byKey(given, "x".repeat(72))).as("72 bytes alone").contains(longOne);
        assertThat(byId(given, odd, ODD_KEY)).as("beyond ASCII").contains(odd);
        assertThat(byKey(given, ODD_KEY)).as("beyond ASCII, alone").contains(odd);
    }

    @Clause(id = "APPS-IMPORT-005")
    void rotationEndsImportedKeys(ClauseContext outer) {
        ClauseContext given = outer.fresh();
        AppId unused = imported(given, HASH);
        AppId used = imported(given, ODD_HASH);
        IssuedKey fresh = given.applications().rotateKey(unused, HOUR);
        given.applications().rotateKey(used, HOUR);

        assertThat(byId(given, used, ODD_KEY)).as("in the overlap").contains(used);
        assertThat(byKey(given, ODD_KEY)).as("by key in the overlap").contains(used);
        assertThat(given.applications().get(unused).keyPrefix())
                .as("prefix of the latest key")
                .isEqualTo(fresh.application().keyPrefix());
        given.clock().move(HOUR);

        assertThat(byId(given, unused, KEY)).as("unused, after it").isEmpty();
        assertThat(byKey(given, ODD_KEY)).as("used, after it").isEmpty();
        assertThat(given.applications().authenticate(fresh.key())).as("the new key").isPresent();
    }

    @Clause(id = "APPS-IMPORT-006")
    void manyMaySignInFirst(ClauseContext outer) {
        ClauseContext given = outer.fresh();
        AppId id = imported(given, HASH);
        ApplicationStore other = given.open(options -> options).applications();

        List<Outcome<Optional<Application>>> outcomes =
                Together.run(
                        8,
                        i ->
                                (i % 2 == 0 ? given.applications() : other)
                                        .authenticate(id, Secret.of(KEY)));

        assertThat(Outcome.errors(outcomes)).as("calls that failed").isEmpty();
        assertThat(Outcome.values(outcomes)).as("whom the key finds").allMatch(Optional::isPresent);
        assertThat(byKey(given, KEY)).as("by key from then on").contains(id);
    }

    @Clause(id = "APPS-IMPORT-007")
    void twoMayShareAKey(ClauseContext outer) {
        ClauseContext given = outer.fresh();
        AppId one = imported(given, HASH);
        AppId other = imported(given, "$2y" + TAIL);

        for (int round = 1; round <= 2; round++) {
            assertThat(byId(given, one, KEY)).as("one, round %s", round).contains(one);
            assertThat(byId(given, other, KEY)).as("other, round %s", round).contains(other);
        }
        assertThat(byKey(given, KEY)).as("by key alone: who used it first").contains(one);
    }
}
