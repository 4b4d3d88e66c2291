package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.Deeds.answers;
import static io.twinstore.storage.testkit.Deeds.claims;
import static io.twinstore.storage.testkit.Deeds.given;
import static io.twinstore.storage.testkit.Deeds.insteadOf;
import static io.twinstore.storage.testkit.Deeds.rearranging;
import static io.twinstore.storage.testkit.Deeds.with;
import static io.twinstore.storage.testkit.Deeds.withEach;
import static io.twinstore.storage.testkit.Saboteur.sessions;

import io.twinstore.storage.InvalidOptionsException;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Json;
import io.twinstore.storage.Message;
import io.twinstore.storage.Page;
import io.twinstore.storage.SearchScope;
import io.twinstore.storage.Session;
import io.twinstore.storage.SessionStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Breaks what {@link MessageContainmentClauses}, {@link SessionContainmentClauses}, {@link
 * ContainmentPageClauses}, {@link ContainmentScopeClauses} and {@link ContainmentLiveClauses}
 * check.
 */
final class TranscriptContainmentSaboteurs {

    private static final Page<Object> NOTHING = new Page<>(List.of(), null);

    private TranscriptContainmentSaboteurs() {}

    static List<Saboteur> all() {
        return Stream.of(messages(), inputs(), orders(), pages(), elements(), scopes(), lives())
                .flatMap(List::stream)
                .toList();
    }

    private static Saboteur finding(String clause, String deed, Interceptor how) {
        return sessions(clause, "findContaining", deed, how);
    }

    private static Saboteur listing(String clause, String deed, Interceptor how) {
        return sessions(clause, "findSessionsContaining", deed, how);
    }

    /** Breaks both operations alike. */
    private static Stream<Saboteur> both(String clause, String deed, Interceptor how) {
        return Stream.of(finding(clause, deed, how), listing(clause, deed, how));
    }

    private static List<Saboteur> messages() {
        return List.of(
                finding(
                        "FND-CONTAIN-004",
                        "passes over a member",
                        looking(",\"o\":{\"n\":null}", "")),
                finding(
                        "FND-CONTAIN-004",
                        "finds in several elements what should be in one",
                        looking("1,\"y\"", "1},{\"y\"")),
                finding(
                        "FND-CONTAIN-004",
                        "finds what is equal alone",
                        call -> {
                            String wanted = call.arg(Json.class).text();
                            return keeping(Message.class, m -> m.body().text().equals(wanted))
                                    .answer(call);
                        }),
                finding("FND-CONTAIN-005", "finds nothing by an empty array", nothingFor("[]")),
                finding(
                        "FND-CONTAIN-005",
                        "takes an empty object for an empty array",
                        looking(":{}", ":[]")),
                finding(
                        "FND-CONTAIN-006",
                        "compares numbers as they are written",
                        nothingFor("1e2")),
                finding("FND-CONTAIN-006", "ends strings at NUL", looking("\\u0000b", "")),
                finding(
                        "FND-CONTAIN-006",
                        "takes halves of pairs for each other",
                        looking("\\ud83e", "\\ud83d")),
                finding(
                        "FND-CONTAIN-007",
                        "passes over large messages",
                        keeping(Message.class, m -> m.body().utf8Length() < 1_000_000)),
                finding(
                        "FND-CONTAIN-007",
                        "passes over messages of many values",
                        keeping(Message.class, m -> !m.body().text().contains(",1023,1024]"))),
                finding(
                        "FND-CONTAIN-007",
                        "looks for the first values alone",
                        given(
                                Json.class,
                                json -> Json.of(json.text().replaceAll(",\"m16\".*", "}")))),
                finding("FND-CONTAIN-008", "forgets the role", answers("role", null)),
                finding(
                        "FND-CONTAIN-008",
                        "tidies the body",
                        Deeds.changing(
                                m ->
                                        withEach(
                                                m,
                                                "body",
                                                body -> Json.from(((Json) body).toJava())))));
    }

    private static List<Saboteur> inputs() {
        return Stream.of(
                        both(
                                "FND-CONTAIN-009",
                                "finds nothing where it should refuse",
                                insteadOf(InvalidValueException.class, claims(NOTHING))),
                        both(
                                "FND-CONTAIN-010",
                                "finds nothing where it does not search",
                                insteadOf(InvalidOptionsException.class, claims(NOTHING))),
                        Stream.of(finding("FND-CONTAIN-010", "answers as of before", staling())),
                        both(
                                "FND-CONTAIN-011",
                                "is not there",
                                call -> {
                                    throw new UnsupportedOperationException("containment");
                                }))
                .flatMap(saboteurs -> saboteurs)
                .toList();
    }

    private static List<Saboteur> orders() {
        return List.of(
                finding("FND-CONTAIN-012", "shows the oldest first", rearranging(Deeds::reversed)),
                finding(
                        "FND-CONTAIN-012",
                        "orders ids by UTF-16 unit",
                        sorted(
                                Message.class,
                                Comparator.comparing(Message::createdAt)
                                        .reversed()
                                        .thenComparing(m -> m.sessionId().value()))),
                listing("FND-CONTAIN-016", "shows the oldest first", rearranging(Deeds::reversed)),
                listing(
                        "FND-CONTAIN-016",
                        "orders them by activity",
                        sorted(
                                Session.class,
                                Comparator.comparing(Session::lastActivityAt).reversed())),
                listing(
                        "FND-CONTAIN-016",
                        "orders ids by UTF-16 unit",
                        sorted(
                                Session.class,
                                Comparator.comparing(Session::createdAt)
                                        .reversed()
                                        .thenComparing(session -> session.id().value()))));
    }

    private static List<Saboteur> pages() {
        return Stream.of(
                        Stream.of(
                                finding(
                                        "FND-CONTAIN-013",
                                        "loses a message between pages",
                                        Deeds.losesAtPageBorders()),
                                finding(
                                        "FND-CONTAIN-013",
                                        "shows a message on two pages",
                                        Deeds.repeatsAtPageBorders()),
                                finding("FND-CONTAIN-014", "ends after 10,000", ending()),
                                listing(
                                        "FND-CONTAIN-017",
                                        "loses a session between pages",
                                        Deeds.losesAtPageBorders()),
                                listing(
                                        "FND-CONTAIN-017",
                                        "shows a session on two pages",
                                        Deeds.repeatsAtPageBorders()),
                                listing(
                                        "FND-CONTAIN-018",
                                        "passes over long sessions",
                                        keeping(Session.class, s -> s.lastSequence() < 2_000))),
                        both("FND-CONTAIN-015", "takes any cursor", Deeds.startsAgain()))
                .flatMap(saboteurs -> saboteurs)
                .toList();
    }

    private static List<Saboteur> elements() {
        return List.of(
                listing(
                        "FND-CONTAIN-019",
                        "is content with the first element",
                        given(Json.class, json -> first(json))),
                listing("FND-CONTAIN-019", "wants all elements in one message", nothingFor("},{")),
                listing(
                        "FND-CONTAIN-020",
                        "takes what looks like it for it",
                        looking(",\"y\":1}", "},{\"y\":1}")),
                listing(
                        "FND-CONTAIN-020",
                        "looks at the newest message alone",
                        nothingFor(",\"y\"")),
                listing(
                        "FND-CONTAIN-021",
                        "takes elements of a message for messages",
                        given(
                                Json.class,
                                json -> json.text().equals("[7]") ? Json.of("[[7]]") : json)),
                listing("FND-CONTAIN-021", "finds nothing by an empty array", nothingFor("[]")),
                listing("FND-CONTAIN-022", "forgets to count", answers("messageCount", 0L)),
                listing("FND-CONTAIN-023", "counts messages of any time", without("before")),
                listing("FND-CONTAIN-023", "counts what was before", without("from")),
                listing("FND-CONTAIN-023", "shows sessions of the time alone", nothingFor("[]")));
    }

    private static Json first(Json elements) {
        return Json.of("[" + elements.at("/0").map(Json::text).orElse("") + "]");
    }

    private static List<Saboteur> scopes() {
        return Stream.of(
                        both("FND-CONTAIN-024", "shows everybody's", without("participant")),
                        both("FND-CONTAIN-025", "looks at every config", without("config")),
                        both("FND-CONTAIN-025", "looks at every application's", without("app")),
                        both("FND-CONTAIN-025", "looks at every status", without("status")),
                        both("FND-CONTAIN-025", "looks at every session", without("session")),
                        Stream.of(
                                finding(
                                        "FND-CONTAIN-026",
                                        "takes the end for a part of a time",
                                        later("before")),
                                finding(
                                        "FND-CONTAIN-026",
                                        "takes the start for no part of a time",
                                        later("from"))))
                .flatMap(saboteurs -> saboteurs)
                .toList();
    }

    private static List<Saboteur> lives() {
        Stream<Saboteur> deeds =
                Stream.of(
                        sessions("FND-CONTAIN-027", "delete", "hides nothing", claims(true)),
                        sessions("FND-CONTAIN-027", "restore", "shows nothing again", claims(true)),
                        sessions("FND-CONTAIN-027", "purge", "purges nothing", claims(true)),
                        Saboteur.configs(
                                "FND-CONTAIN-027", "delete", "hides no sessions", claims(true)),
                        sessions(
                                "FND-CONTAIN-028",
                                "replaceTranscript",
                                "appends what should replace",
                                SearchSaboteurs::appendInstead));
        Stream<Saboteur> stale =
                Stream.of(
                                "FND-CONTAIN-029",
                                "FND-CONTAIN-030",
                                "FND-CONTAIN-031",
                                "FND-CONTAIN-032")
                        .flatMap(
                                clause ->
                                        Stream.of(
                                                finding(clause, "answers as of before", staling()),
                                                listing(
                                                        clause,
                                                        "answers as of before",
                                                        staling())));
        return Stream.concat(deeds, stale).toList();
    }

    /** Looks for another document or other elements. */
    private static Interceptor looking(String text, String instead) {
        return given(Json.class, json -> Json.of(json.text().replace(text, instead)));
    }

    private static Interceptor nothingFor(String part) {
        return call -> call.arg(Json.class).text().contains(part) ? NOTHING : call.proceed();
    }

    private static <T> Interceptor keeping(Class<T> type, Predicate<T> predicate) {
        return rearranging(
                items -> items.stream().filter(item -> predicate.test(type.cast(item))).toList());
    }

    private static <T> Interceptor sorted(Class<T> type, Comparator<T> order) {
        return rearranging(
                items ->
                        items.stream()
                                .map(type::cast)
                                .sorted(order)
                                .<Object>map(item -> item)
                                .toList());
    }

    private static Interceptor without(String condition) {
        return scope(scope -> (SearchScope) with(scope, condition, null));
    }

    private static Interceptor later(String condition) {
        return scope(
                scope ->
                        (SearchScope)
                                withEach(
                                        scope,
                                        condition,
                                        time ->
                                                time instanceof Instant instant
                                                        ? instant.plusNanos(1_000)
                                                        : null));
    }

    private static Interceptor scope(UnaryOperator<SearchScope> change) {
        return given(SearchScope.class, change);
    }

    private static Interceptor ending() {
        AtomicInteger shown = new AtomicInteger();
        return call -> {
            Page<?> page = call.proceedToPage();
            return shown.addAndGet(page.items().size()) < SessionStore.RANKED
                    ? page
                    : new Page<>(page.items(), null);
        };
    }

    /** Answers with what the call before it found. */
    private static Interceptor staling() {
        AtomicReference<Page<?>> before = new AtomicReference<>(NOTHING);
        return call -> before.getAndSet(call.proceedToPage());
    }
}
