package io.twinstore.storage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.AppId;
import io.twinstore.storage.Application;
import io.twinstore.storage.ApplicationStore;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.IssuedKey;
import io.twinstore.storage.NewApplication;
import io.twinstore.storage.Secret;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/** Applications: their API keys, and who signs in by them. */
final class ApiKeyClauses {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MOMENT = Duration.ofNanos(1_000);

    private static IssuedKey create(ClauseContext given) {
        return given.applications().create(NewApplication.named("Web").id(given.app("web")));
    }

    private static void assertGood(ClauseContext given, String what, IssuedKey issued) {
        assertThat(given.applications().authenticate(issued.key()).map(Application::id))
                .as("whom %s finds", what)
                .contains(issued.application().id());
    }

    private static void assertUseless(ClauseContext given, String what, Secret key) {
        assertThat(given.applications().authenticate(key)).as("whom %s finds", what).isEmpty();
    }

    @Clause(id = "APPS-KEY-001")
    void aKeyFindsItsApplication(ClauseContext given) {
        IssuedKey one = create(given);
        IssuedKey other = create(given);

        Expect.same(
                given.applications().authenticate(one.key()).orElse(other.application()),
                one.application());
        assertGood(given, "the other key", other);
        assertThat(given.applications().authenticate(one.application().id(), one.key()))
                .as("with its id")
                .isPresent();
    }

    @Clause(id = "APPS-KEY-002")
    void keysAreLongAndDiffer(ClauseContext given) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            IssuedKey issued = create(given);
            String prefix = Objects.requireNonNull(issued.application().keyPrefix());
            String key = issued.key().reveal();

            assertThat(key.startsWith(prefix)).as("the key begins with its prefix").isTrue();
            // 43 characters of 6 bits each hold 256.
            assertThat(key.length() - prefix.length()).as("what is kept secret").isGreaterThan(42);
            assertThat(seen.add(prefix) && seen.add(key.substring(prefix.length())))
                    .as("a prefix and a secret that no other key has")
                    .isTrue();
        }
    }

    @Clause(id = "APPS-KEY-003")
    void nothingElseFindsOne(ClauseContext given) {
        IssuedKey one = create(given);
        IssuedKey other = create(given);
        String key = one.key().reveal();
        String prefix = Objects.requireNonNull(one.application().keyPrefix());
        String secret = key.substring(prefix.length());
        String swapped = other.application().keyPrefix() + secret;
        char last = key.charAt(key.length() - 1);
        String near = key.substring(0, key.length() - 1) + (last == 'A' ? 'Q' : 'A');

        for (String wrong :
                List.of(
                        "",
                        prefix,
                        swapped,
                        near,
                        key + " ",
                        " " + key,
                        key + "\n",
                        key.substring(0, key.length() - 1),
                        key.toUpperCase(Locale.ROOT),
                        prefix + "' or '1'='1",
                        Samples.NUL,
                        Samples.LONE_SURROGATE,
                        "x".repeat(100_000))) {
            assertUseless(given, "a wrong key", Secret.of(wrong));
        }
        assertUseless(given, "no key", Secret.none());
        assertThat(given.applications().authenticate(other.application().id(), one.key()))
                .as("the key with another's id")
                .isEmpty();
    }

    @Clause(id = "APPS-KEY-004")
    void keysAreNeverShown(ClauseContext given) {
        Secret hash = Secret.of(ImportedKeyClauses.HASH);
        IssuedKey issued = create(given);
        AppId id = issued.application().id();
        IssuedKey rotated = given.applications().rotateKey(id, HOUR);
        String shown =
                issued
                        + " "
                        + rotated
                        + given.applications().authenticate(rotated.key())
                        + given.applications().get(id)
                        + NewApplication.named("x").importedHash(hash);
        InvalidValueException refusal =
                Expect.refused(
                        "application.importedHash",
                        () ->
                                given.applications()
                                        .create(
                                                NewApplication.named("x")
                                                        .importedHash(issued.key())));

        for (Secret secret : List.of(issued.key(), rotated.key(), hash)) {
            String end = secret.reveal().substring(20);
            assertThat(shown.contains(end)).as("a key or hash is shown").isFalse();
            assertThat(String.valueOf(refusal.getMessage()).contains(end))
                    .as("it is in a message")
                    .isFalse();
        }
    }

    @Clause(id = "APPS-ACTIVE-001")
    void inactiveKeysAreUseless(ClauseContext given) {
        IssuedKey made = create(given);
        IssuedKey other = create(given);
        AppId id = made.application().id();
        assertGood(given, "the key of a new one", made);

        assertThat(given.applications().deactivate(id)).as("the first time").isTrue();
        assertThat(given.applications().deactivate(id)).as("the second time").isFalse();
        assertThat(given.applications().get(id).active()).as("active").isFalse();
        assertThat(given.applications().get(id).version()).as("version").isEqualTo(2);
        assertUseless(given, "the key of an inactive one", made.key());
        assertGood(given, "the key of an active one", other);

        assertThat(given.applications().activate(id)).as("activating").isTrue();
        assertThat(given.applications().activate(id)).as("activating again").isFalse();
        assertGood(given, "the key, activated again", made);
        assertThat(given.applications().get(id).version()).as("version").isEqualTo(3);
    }

    @Clause(id = "APPS-ROTATE-001")
    void bothAreGoodForTheOverlap(ClauseContext given) {
        IssuedKey old = create(given);
        AppId id = old.application().id();

        IssuedKey fresh = given.applications().rotateKey(id, HOUR);

        assertThat(fresh.key()).as("the new key").isNotEqualTo(old.key());
        assertThat(fresh.application().version()).as("version").isEqualTo(2);
        Expect.same(given.applications().get(id), fresh.application());
        assertThat(fresh.key().reveal().startsWith(fresh.application().keyPrefix() + ""))
                .as("the latest key begins with the prefix")
                .isTrue();
        given.clock().move(HOUR.minus(MOMENT));
        assertGood(given, "the old key until the end of the overlap", old);
        assertGood(given, "the new key", fresh);
        given.clock().move(MOMENT);
        assertUseless(given, "the old key from then on", old.key());
        assertGood(given, "the new key after it", fresh);
        given.clock().move(Duration.ofDays(3650));
        assertGood(given, "the new key ten years later", fresh);
    }

    @Clause(id = "APPS-ROTATE-002")
    void withoutOverlapTheOldIsUselessAtOnce(ClauseContext given) {
        IssuedKey old = create(given);
        IssuedKey other = create(given);

        IssuedKey fresh = given.applications().rotateKey(old.application().id(), Duration.ZERO);

        assertUseless(given, "the old key", old.key());
        assertGood(given, "the new key", fresh);
        assertGood(given, "another application's key", other);
    }

    @Clause(id = "APPS-ROTATE-003")
    void rotationProlongsNothing(ClauseContext given) {
        IssuedKey first = create(given);
        AppId id = first.application().id();

        IssuedKey second = given.applications().rotateKey(id, HOUR);
        IssuedKey third = given.applications().rotateKey(id, HOUR.multipliedBy(2));
        assertGood(given, "the first key", first);
        given.clock().move(HOUR);
        assertUseless(given, "the first key after its hour", first.key());
        assertGood(given, "the second key", second);
        IssuedKey fourth = given.applications().rotateKey(id, Duration.ZERO);

        assertUseless(given, "the second key, cut short", second.key());
        assertUseless(given, "the third key", third.key());
        assertGood(given, "the fourth key", fourth);
    }

    @Clause(id = "APPS-ROTATE-004")
    void overlapHasBounds(ClauseContext given) {
        IssuedKey old = create(given);
        AppId id = old.application().id();
        for (Duration bad : List.of(Duration.ofNanos(-1), Duration.ofDays(365).plusNanos(1))) {
            Expect.refused("application.overlap", () -> given.applications().rotateKey(id, bad));
        }

        Expect.same(given.applications().get(id), old.application());
        Expect.answer(() -> given.applications().rotateKey(id, Duration.ofDays(365)));
    }

    @Clause(id = "APPS-ROTATE-005")
    void noCallFailsWhileKeysRotate(ClauseContext given) {
        IssuedKey first = create(given);
        AppId id = first.application().id();
        ApplicationStore other = given.open(options -> options).applications();

        List<Outcome<Secret>> outcomes =
                Together.run(
                        6,
                        i -> {
                            ApplicationStore store = i % 2 == 0 ? given.applications() : other;
                            Secret key = i < 2 ? store.rotateKey(id, HOUR).key() : first.key();
                            for (int call = 0; call < 10; call++) {
                                assertThat(store.authenticate(key))
                                        .as("whom a good key finds")
                                        .isPresent();
                            }
                            return key;
                        });

        assertThat(Outcome.errors(outcomes)).as("what failed").isEmpty();
        Application found = given.applications().get(id);
        assertThat(found.version()).as("version after two rotations").isEqualTo(3);
        given.clock().move(HOUR);
        assertThat(
                        Outcome.values(outcomes).stream()
                                .filter(key -> given.applications().authenticate(key).isPresent())
                                .filter(
                                        key ->
                                                key.reveal()
                                                        .startsWith(
                                                                Objects.requireNonNull(
                                                                        found.keyPrefix())))
                                .count())
                .as("keys that outlive the overlap")
                .isEqualTo(1);
    }
}
