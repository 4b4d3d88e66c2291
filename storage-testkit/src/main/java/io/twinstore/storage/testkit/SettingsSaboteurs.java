package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.ClauseContext.START;
import static io.twinstore.storage.testkit.Deeds.answers;
import static io.twinstore.storage.testkit.Deeds.changing;
import static io.twinstore.storage.testkit.Deeds.claims;
import static io.twinstore.storage.testkit.Deeds.doesAndClaims;
import static io.twinstore.storage.testkit.Deeds.insteadOf;
import static io.twinstore.storage.testkit.Deeds.losesAtPageBorders;
import static io.twinstore.storage.testkit.Deeds.misreports;
import static io.twinstore.storage.testkit.Deeds.rearranging;
import static io.twinstore.storage.testkit.Deeds.skipsEveryOther;
import static io.twinstore.storage.testkit.Deeds.startsAgain;
import static io.twinstore.storage.testkit.Deeds.withEach;
import static io.twinstore.storage.testkit.Saboteur.settings;

import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Json;
import io.twinstore.storage.JsonKind;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.StorageBusyException;
import io.twinstore.storage.StoredSetting;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Breaks what {@link SettingsClauses} and {@link CompareAndSetClauses} check. */
final class SettingsSaboteurs {

    private static final Json ONE = Json.of("1");

    private SettingsSaboteurs() {}

    static List<Saboteur> all() {
        return List.of(
                settings("SET-PUT-001", "find", "forgets the scope", answers("scope", "global")),
                settings(
                        "SET-PUT-001",
                        "find",
                        "wraps values in text",
                        changing(SettingsSaboteurs::asText)),
                settings(
                        "SET-PUT-002", "put", "keeps the first value", SettingsSaboteurs::onlyOnce),
                settings(
                        "SET-PUT-003",
                        "put",
                        "makes every setting global",
                        call -> call.settings().put(key(call), call.arg(Json.class), "global")),
                settings(
                        "SET-PUT-004",
                        "find",
                        "takes null for nothing",
                        call -> found(call).filter(s -> s.value().kind() != JsonKind.NULL)),
                settings(
                        "SET-PUT-004",
                        "find",
                        "wraps values in text",
                        changing(SettingsSaboteurs::asText)),
                settings(
                        "SET-PUT-005",
                        "put",
                        "takes what cannot be indexed",
                        insteadOf(InvalidValueException.class, call -> call.proceedAt(1, ONE))),
                settings(
                        "SET-PUT-005",
                        "put",
                        "shows what it refuses",
                        insteadOf(InvalidValueException.class, SettingsSaboteurs::showing)),
                settings(
                        "SET-PUT-006",
                        "put",
                        "repairs keys",
                        insteadOf(
                                InvalidValueException.class,
                                call -> call.settings().put("repaired", ONE))),
                settings(
                        "SET-PUT-006",
                        "find",
                        "finds nothing by keys that cannot be",
                        insteadOf(InvalidValueException.class, claims(Optional.empty()))),
                settings("SET-PUT-007", "find", "follows the clock", SettingsSaboteurs::backwards),
                settings(
                        "SET-PUT-008",
                        "put",
                        "gives up when two put at once",
                        skipsEveryOther(SettingsSaboteurs::busy)),
                settings(
                        "SET-FIND-001",
                        "find",
                        "makes up what is not there",
                        call ->
                                found(call)
                                        .or(
                                                () ->
                                                        Optional.of(
                                                                new StoredSetting(
                                                                        key(call), ONE, "global",
                                                                        START)))),
                settings("SET-FIND-002", "find", "ignores case", SettingsSaboteurs::anyCase),
                settings("SET-FIND-002", "put", "trims keys", SettingsSaboteurs::trimmed),
                settings("SET-DELETE-001", "delete", "only says so", claims(true)),
                settings("SET-DELETE-001", "delete", "agrees always", doesAndClaims(true)),
                settings("SET-LIST-001", "all", "loses at page borders", losesAtPageBorders()),
                settings(
                        "SET-LIST-001",
                        "all",
                        "orders by UTF-16 unit",
                        rearranging(SettingsSaboteurs::byUnits)),
                settings(
                        "SET-LIST-002",
                        "inScope",
                        "lists the settings of every scope",
                        call -> call.settings().all(call.arg(PageRequest.class))),
                settings("SET-LIST-002", "inScope", "loses at page borders", losesAtPageBorders()),
                settings("SET-LIST-003", "all", "takes cursors of scopes", startsAgain()),
                settings("SET-LIST-003", "inScope", "takes other scopes' cursors", startsAgain()),
                settings(
                        "SET-TXN-001",
                        "put",
                        "puts in appearance only",
                        call ->
                                new StoredSetting(
                                        key(call), call.arg(Json.class), "global", START)),
                comparing("SET-CAS-001", "compares the text", SettingsSaboteurs::byText),
                comparing("SET-CAS-001", "makes it global", SettingsSaboteurs::globally),
                comparing("SET-CAS-002", "sets always", SettingsSaboteurs::always),
                comparing("SET-CAS-002", "sets what contains it", SettingsSaboteurs::ifThere),
                comparing("SET-CAS-003", "takes null for absence", SettingsSaboteurs::nullIsNone),
                comparing("SET-CAS-004", "drops every other update", skipsEveryOther(claims(true))),
                comparing("SET-CAS-005", "tells all that they won", doesAndClaims(true)),
                comparing(
                        "SET-CAS-006",
                        "takes what cannot be indexed",
                        insteadOf(InvalidValueException.class, call -> call.proceedAt(2, ONE))),
                comparing(
                        "SET-CAS-006",
                        "reports a bad value as a fault of the database",
                        misreports(InvalidValueException.class)));
    }

    private static Saboteur comparing(String clause, String deed, Interceptor how) {
        return settings(clause, "compareAndSet", deed, how);
    }

    private static String key(Call call) {
        return call.arg(String.class);
    }

    private static Optional<StoredSetting> found(Call call) {
        return call.settings().find(key(call));
    }

    private static Object asText(Object setting) {
        return withEach(
                setting,
                "value",
                value -> Json.string(((Json) Objects.requireNonNull(value)).text()));
    }

    private static @Nullable Object onlyOnce(Call call) throws Throwable {
        Optional<StoredSetting> found = found(call);
        return found.isPresent() ? found.get() : call.proceed();
    }

    private static @Nullable Object showing(Call call) {
        throw new InvalidValueException(
                "setting.value", "storable", call.arg(Json.class).text() + " at /a/1");
    }

    private static Optional<StoredSetting> backwards(Call call) {
        return found(call)
                .map(
                        s ->
                                new StoredSetting(
                                        s.key(),
                                        s.value(),
                                        s.scope(),
                                        s.updatedAt().minusSeconds(1)));
    }

    private static @Nullable Object busy(Call call) {
        throw new StorageBusyException("Somebody else puts " + key(call) + ".", null);
    }

    private static Optional<StoredSetting> anyCase(Call call) {
        return found(call)
                .or(() -> call.settings().find(key(call).toUpperCase(Locale.ROOT)))
                .or(() -> call.settings().find(otherCase(key(call))));
    }

    private static String otherCase(String key) {
        return key.substring(0, key.length() - 1)
                + key.substring(key.length() - 1).toUpperCase(Locale.ROOT);
    }

    private static @Nullable Object trimmed(Call call) throws Throwable {
        return call.proceedAt(0, key(call).strip());
    }

    private static List<Object> byUnits(List<Object> items) {
        return items.stream()
                .sorted(Comparator.comparing(item -> ((StoredSetting) item).key()))
                .toList();
    }

    private static @Nullable Json expected(Call call) {
        return (Json) call.arguments().get(1);
    }

    private static boolean setTo(Call call, String scope) {
        call.settings()
                .put(key(call), (Json) Objects.requireNonNull(call.arguments().get(2)), scope);
        return true;
    }

    private static boolean byText(Call call) {
        Json expected = expected(call);
        return found(call)
                .filter(s -> s.value().equals(expected))
                .map(s -> setTo(call, s.scope()))
                .orElse(false);
    }

    private static @Nullable Object globally(Call call) throws Throwable {
        boolean done = Boolean.TRUE.equals(call.proceed());
        return done && setTo(call, "global");
    }

    private static boolean always(Call call) {
        return setTo(call, found(call).map(StoredSetting::scope).orElse("global"));
    }

    private static boolean ifThere(Call call) {
        return found(call).map(s -> setTo(call, s.scope())).orElse(false);
    }

    private static @Nullable Object nullIsNone(Call call) throws Throwable {
        Json expected = expected(call);
        boolean none = expected == null || expected.kind() == JsonKind.NULL;
        return none && found(call).isEmpty() ? setTo(call, "global") : call.proceed();
    }
}
