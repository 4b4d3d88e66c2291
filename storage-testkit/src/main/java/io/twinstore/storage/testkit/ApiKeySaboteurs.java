package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.Deeds.answers;
import static io.twinstore.storage.testkit.Deeds.changing;
import static io.twinstore.storage.testkit.Deeds.claims;
import static io.twinstore.storage.testkit.Deeds.given;
import static io.twinstore.storage.testkit.Deeds.insteadOf;
import static io.twinstore.storage.testkit.Deeds.skipsEveryOther;
import static io.twinstore.storage.testkit.Deeds.with;
import static io.twinstore.storage.testkit.Deeds.withEach;
import static io.twinstore.storage.testkit.Saboteur.applications;

import io.twinstore.storage.AppId;
import io.twinstore.storage.Application;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.IssuedKey;
import io.twinstore.storage.NewApplication;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Breaks what {@link ApiKeyClauses} and {@link ImportedKeyClauses} check. */
final class ApiKeySaboteurs {

    private static final Duration YEAR = Duration.ofDays(365);

    private ApiKeySaboteurs() {}

    static List<Saboteur> all() {
        return List.of(
                signing("APPS-KEY-001", "finds nobody", claims(Optional.empty())),
                signing("APPS-KEY-001", "finds an earlier version", answers("version", 0L)),
                creating("APPS-KEY-002", "makes short keys", changing(ApiKeySaboteurs::shortened)),
                creating("APPS-KEY-002", "invents prefixes", changing(ApiKeySaboteurs::prefixed)),
                signing(
                        "APPS-KEY-003",
                        "trims keys",
                        given(Secret.class, s -> text(s.reveal().strip()))),
                signing("APPS-KEY-003", "compares prefixes alone", ApiKeySaboteurs::byPrefix),
                signing("APPS-KEY-003", "ignores the id", ApiKeySaboteurs::byKeyAlone),
                creating("APPS-KEY-004", "keeps keys in names", changing(ApiKeySaboteurs::named)),
                creating(
                        "APPS-KEY-004",
                        "shows what it refuses",
                        insteadOf(InvalidValueException.class, ApiKeySaboteurs::showing)),
                applications("APPS-ACTIVE-001", "deactivate", "only says so", claims(true)),
                signing("APPS-ACTIVE-001", "remembers every key", new RememberedKeys()),
                rotating("APPS-ROTATE-001", "ends keys at once", Duration.ZERO),
                rotating("APPS-ROTATE-001", "keeps every key for a year", YEAR),
                signing("APPS-ROTATE-001", "remembers every key", new RememberedKeys()),
                rotating("APPS-ROTATE-002", "keeps every key for a year", YEAR),
                signing("APPS-ROTATE-003", "remembers every key", new RememberedKeys()),
                applications(
                        "APPS-ROTATE-004",
                        "rotateKey",
                        "repairs overlaps",
                        insteadOf(
                                InvalidValueException.class,
                                call -> call.proceedAt(1, Duration.ZERO))),
                rotating("APPS-ROTATE-005", "ends keys at once", Duration.ZERO),
                signing("APPS-IMPORT-001", "knows no key alone", alone(s -> true)),
                creating("APPS-IMPORT-001", "makes new keys", ApiKeySaboteurs::withoutHash),
                signing("APPS-IMPORT-002", "cuts keys", given(Secret.class, ApiKeySaboteurs::cut)),
                signing("APPS-IMPORT-002", "cares for no id", ApiKeySaboteurs::anyId),
                creating(
                        "APPS-IMPORT-003",
                        "takes any hash",
                        insteadOf(InvalidValueException.class, ApiKeySaboteurs::withoutHash)),
                creating(
                        "APPS-IMPORT-003",
                        "shows what it refuses",
                        insteadOf(InvalidValueException.class, ApiKeySaboteurs::showing)),
                signing("APPS-IMPORT-004", "refuses long keys", ApiKeySaboteurs::refusingLong),
                signing(
                        "APPS-IMPORT-004",
                        "loses keys beyond ASCII",
                        alone(s -> s.reveal().chars().anyMatch(c -> c > 127))),
                rotating("APPS-IMPORT-005", "keeps every key for a year", YEAR),
                signing(
                        "APPS-IMPORT-006",
                        "lets one of two in",
                        skipsEveryOther(claims(Optional.empty()))),
                signing("APPS-IMPORT-007", "forgets whose key it is", ApiKeySaboteurs::byKeyAfter));
    }

    private static Saboteur signing(String clause, String deed, Interceptor how) {
        return applications(clause, "authenticate", deed, how);
    }

    private static Saboteur creating(String clause, String deed, Interceptor how) {
        return applications(clause, "create", deed, how);
    }

    private static Saboteur rotating(String clause, String deed, Duration overlap) {
        return applications(clause, "rotateKey", deed, call -> call.proceedAt(1, overlap));
    }

    private static Secret text(String value) {
        return Secret.of(value);
    }

    private static Object shortened(Object issued) {
        return withEach(issued, "key", key -> text(((Secret) key).reveal().substring(0, 40)));
    }

    private static Object prefixed(Object issued) {
        return withEach(issued, "application", application -> with(application, "keyPrefix", "x"));
    }

    private static Object named(Object issued) {
        String key = ((IssuedKey) issued).key().reveal();
        return withEach(issued, "application", application -> with(application, "name", key));
    }

    private static @Nullable Object showing(Call call) {
        Secret hash = Objects.requireNonNull(call.arg(NewApplication.class).importedHash());
        throw new InvalidValueException("application.importedHash", "a hash", hash.reveal());
    }

    private static Optional<Application> byPrefix(Call call) {
        String key = call.arg(Secret.class).reveal();
        return Expect.walk(1000, call.applications()::list).stream()
                .filter(a -> a.keyPrefix() != null && key.startsWith(a.keyPrefix()))
                .findFirst();
    }

    private static Optional<Application> byKeyAlone(Call call) {
        return call.applications().authenticate(call.arg(Secret.class));
    }

    private static @Nullable Object byKeyAfter(Call call) throws Throwable {
        Object honest = call.proceed();
        Optional<Application> byKey = byKeyAlone(call);
        return byKey.isPresent() ? byKey : honest;
    }

    /** Finds nobody by such a key where no id comes with it. */
    private static Interceptor alone(Predicate<Secret> lost) {
        return call ->
                call.arguments().size() == 1 && lost.test(call.arg(Secret.class))
                        ? Optional.empty()
                        : call.proceed();
    }

    private static @Nullable Object withoutHash(Call call) throws Throwable {
        NewApplication given = call.arg(NewApplication.class);
        return call.proceedWith(
                new NewApplication(
                        given.id(), given.name(), given.active(), given.settings(), null));
    }

    private static Secret cut(Secret key) {
        return text(key.reveal().substring(0, Math.min(40, key.reveal().length())));
    }

    private static @Nullable Object anyId(Call call) throws Throwable {
        Object honest = call.proceed();
        if (call.arguments().size() == 1
                || ((Optional<?>) Objects.requireNonNull(honest)).isPresent()) {
            return honest;
        }
        Optional<Application> some =
                call.applications().list(PageRequest.ofSize(1)).items().stream().findFirst();
        return some.filter(a -> !a.id().equals(call.arg(AppId.class)));
    }

    private static @Nullable Object refusingLong(Call call) throws Throwable {
        return call.arg(Secret.class).reveal().length() > 72 ? Optional.empty() : call.proceed();
    }

    /** Finds again whom a key found once, as a cache does that nobody clears. */
    static final class RememberedKeys implements Interceptor {

        private final Map<String, Object> found = new ConcurrentHashMap<>();

        @Override
        public @Nullable Object answer(Call call) throws Throwable {
            Optional<?> honest = (Optional<?>) Objects.requireNonNull(call.proceed());
            String key = call.arg(Secret.class).reveal();
            honest.ifPresent(application -> found.putIfAbsent(key, application));
            return Optional.ofNullable(found.get(key));
        }
    }
}
