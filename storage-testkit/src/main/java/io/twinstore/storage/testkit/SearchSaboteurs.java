package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.Saboteur.sessions;
import static io.twinstore.storage.testkit.Saboteur.storage;

import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.ConfigId;
import io.twinstore.storage.InvalidOptionsException;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.SearchHit;
import io.twinstore.storage.SearchResult;
import io.twinstore.storage.SearchScope;
import io.twinstore.storage.SearchSyntaxException;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Breaks what {@link SearchClauses}, {@link SearchScopeClauses}, {@link SearchPageClauses} and
 * {@link SearchSettingClauses} check.
 */
final class SearchSaboteurs {

    private SearchSaboteurs() {}

    static List<Saboteur> all() {
        return Stream.of(words(), texts(), scopes(), lives(), pages(), completeness(), settings())
                .flatMap(List::stream)
                .toList();
    }

    private static Saboteur searching(String clause, String deed, Interceptor how) {
        return sessions(clause, "search", deed, how);
    }

    private static List<Saboteur> words() {
        return List.of(
                searching("SRC-FIND-001", "looks for beginnings", asking(text -> text + "*")),
                searching("SRC-FIND-001", "finds nothing", keeping(hit -> false)),
                searching(
                        "SRC-FIND-002",
                        "is content with any word",
                        asking(text -> text.replace(" ", " OR "))),
                searching(
                        "SRC-FIND-003",
                        "takes a phrase for words",
                        asking(text -> text.replace("\"", ""))),
                searching(
                        "SRC-FIND-004",
                        "demands both alternatives",
                        asking(text -> text.replace(" OR ", " "))),
                searching(
                        "SRC-FIND-004",
                        "passes over parentheses",
                        asking(text -> text.replace("(", "").replace(")", ""))),
                searching(
                        "SRC-FIND-005",
                        "passes over what is to be left out",
                        asking(text -> text.replaceAll(" -.*", ""))),
                searching(
                        "SRC-FIND-006",
                        "looks for whole words",
                        asking(text -> text.replace("*", ""))));
    }

    private static List<Saboteur> texts() {
        return List.of(
                searching("SRC-FIND-007", "looks at the last four", keeping(h -> h.sequence() > 2)),
                searching("SRC-FIND-008", "finds ASCII alone", SearchSaboteurs::findAscii),
                sessions(
                        "SRC-FIND-009",
                        "append",
                        "keeps the beginning of a long message alone",
                        SearchSaboteurs::cut),
                sessions(
                        "SRC-FIND-010",
                        "append",
                        "refuses long words",
                        SearchSaboteurs::refuseLong),
                searching(
                        "SRC-FIND-011",
                        "finds nothing where a text is no query",
                        Deeds.insteadOf(
                                SearchSyntaxException.class,
                                call -> new SearchResult(List.of(), null, false))),
                searching(
                        "SRC-FIND-011",
                        "does not say what is wrong",
                        Deeds.misreports(SearchSyntaxException.class)),
                searching("SRC-FIND-012", "hides the role", eachWith("role", null)),
                searching(
                        "SRC-FIND-012",
                        "shows no snippet",
                        changing(
                                hit ->
                                        (SearchHit)
                                                Deeds.withEach(
                                                        hit,
                                                        "snippet",
                                                        old ->
                                                                Deeds.with(
                                                                        old,
                                                                        "highlights",
                                                                        List.of())))));
    }

    private static List<Saboteur> scopes() {
        return List.of(
                searching(
                        "SRC-SCOPE-001",
                        "shows everybody's messages",
                        within(s -> other(s, null, s.session(), s.config(), s.from(), s.before()))),
                searching(
                        "SRC-SCOPE-005",
                        "shows everybody's messages",
                        within(s -> other(s, null, s.session(), s.config(), s.from(), s.before()))),
                searching(
                        "SRC-SCOPE-002",
                        "searches every session",
                        within(
                                s ->
                                        other(
                                                s,
                                                s.participant(),
                                                null,
                                                s.config(),
                                                s.from(),
                                                s.before()))),
                searching(
                        "SRC-SCOPE-003",
                        "searches every config",
                        within(
                                s ->
                                        other(
                                                s,
                                                s.participant(),
                                                s.session(),
                                                null,
                                                s.from(),
                                                s.before()))),
                searching(
                        "SRC-SCOPE-003",
                        "searches every status",
                        within(
                                s ->
                                        new SearchScope(
                                                s.participant(),
                                                s.session(),
                                                s.config(),
                                                s.app(),
                                                null,
                                                s.from(),
                                                s.before()))),
                searching(
                        "SRC-SCOPE-003",
                        "searches every application's",
                        within(
                                s ->
                                        new SearchScope(
                                                s.participant(),
                                                s.session(),
                                                s.config(),
                                                null,
                                                s.status(),
                                                s.from(),
                                                s.before()))),
                searching(
                        "SRC-SCOPE-004",
                        "takes the end for a part of a time",
                        within(
                                s ->
                                        other(
                                                s,
                                                s.participant(),
                                                s.session(),
                                                s.config(),
                                                s.from(),
                                                later(s.before())))),
                searching(
                        "SRC-SCOPE-004",
                        "takes the start for no part of a time",
                        within(
                                s ->
                                        other(
                                                s,
                                                s.participant(),
                                                s.session(),
                                                s.config(),
                                                later(s.from()),
                                                s.before()))));
    }

    private static @Nullable Instant later(@Nullable Instant instant) {
        return instant == null ? null : instant.plusNanos(1_000);
    }

    private static SearchScope other(
            SearchScope scope,
            @Nullable UserId participant,
            @Nullable SessionId session,
            @Nullable ConfigId config,
            @Nullable Instant from,
            @Nullable Instant before) {
        return new SearchScope(
                participant, session, config, scope.app(), scope.status(), from, before);
    }

    private static List<Saboteur> lives() {
        return List.of(
                sessions("SRC-LIVE-001", "delete", "hides nothing", Deeds.claims(true)),
                sessions("SRC-LIVE-001", "restore", "shows nothing again", Deeds.claims(true)),
                Saboteur.configs("SRC-LIVE-002", "delete", "hides no sessions", Deeds.claims(true)),
                Saboteur.configs("SRC-LIVE-002", "restore", "shows none again", Deeds.claims(true)),
                sessions(
                        "SRC-LIVE-003",
                        "replaceTranscript",
                        "appends what should replace",
                        SearchSaboteurs::appendInstead),
                sessions(
                        "SRC-LIVE-004",
                        "purge",
                        "keeps what it purges",
                        SearchSaboteurs::keepPurged),
                searching("SRC-TXN-001", "remembers what was rolled back", remembering()));
    }

    private static List<Saboteur> pages() {
        return List.of(
                searching("SRC-RANK-001", "shows the worst first", rearranging(Deeds::reversed)),
                searching(
                        "SRC-RANK-001",
                        "shows them as they were appended",
                        sorted(Comparator.comparingLong(SearchHit::sequence))),
                searching(
                        "SRC-RANK-002",
                        "shows the oldest first",
                        sorted(Comparator.comparing(SearchHit::createdAt))),
                searching(
                        "SRC-RANK-002",
                        "orders ids by UTF-16 unit",
                        sorted(
                                Comparator.comparing(SearchHit::createdAt)
                                        .reversed()
                                        .thenComparing(hit -> hit.sessionId().value()))),
                searching("SRC-RANK-003", "scores all alike", eachWith("score", 1L)),
                searching(
                        "SRC-RANK-003",
                        "counts every occurrence",
                        changing(hit -> (SearchHit) Deeds.with(hit, "score", hit.sequence()))),
                searching("SRC-PAGE-001", "loses a hit between pages", losingAtBorders()),
                searching("SRC-PAGE-001", "shows a hit on two pages", repeatingAtBorders()),
                searching(
                        "SRC-PAGE-002",
                        "takes any cursor",
                        Deeds.insteadOf(
                                InvalidValueException.class,
                                call -> call.proceedWith(PageRequest.ofSize(1)))),
                searching("SRC-PAGE-003", "never says so", resultWith("capped", false)),
                searching("SRC-PAGE-003", "always says so", resultWith("capped", true)));
    }

    private static List<Saboteur> completeness() {
        return List.of(
                searching("SRC-NOW-001", "answers as of before", staling()),
                searching("SRC-NOW-002", "answers as of before", staling()),
                searching("SRC-NOW-003", "answers as of before", staling()),
                searching("SRC-NOW-004", "answers as of before", staling()));
    }

    private static List<Saboteur> settings() {
        return List.of(
                searching(
                        "SRC-LANG-001",
                        "finds by beginnings, not by stems",
                        asking(text -> text.replace("run", "runn"))),
                searching(
                        "SRC-LANG-002",
                        "finds by stems in any language",
                        asking(text -> text.equals("fox") ? "fox*" : text)),
                storage("SRC-LANG-003", "reindex", "does not", Deeds.claims(null)),
                searching("SRC-OFF-001", "answers as of before", staling()),
                searching(
                        "SRC-OFF-001",
                        "finds nothing where it does not search",
                        Deeds.insteadOf(
                                InvalidOptionsException.class,
                                call -> new SearchResult(List.of(), null, false))),
                searching(
                        "SRC-CAP-001",
                        "is not there",
                        call -> {
                            throw new UnsupportedOperationException("search");
                        }));
    }

    private static Interceptor asking(UnaryOperator<String> change) {
        return Deeds.given(String.class, change);
    }

    private static Interceptor within(UnaryOperator<SearchScope> change) {
        return Deeds.given(SearchScope.class, change);
    }

    private static SearchResult result(Call call) throws Throwable {
        return (SearchResult) Objects.requireNonNull(call.proceed());
    }

    private static Interceptor rearranging(UnaryOperator<List<Object>> change) {
        return call -> {
            SearchResult result = result(call);
            List<SearchHit> hits =
                    change.apply(List.copyOf(result.hits())).stream()
                            .map(SearchHit.class::cast)
                            .toList();
            return new SearchResult(hits, result.nextCursor(), result.capped());
        };
    }

    private static Interceptor keeping(Predicate<SearchHit> predicate) {
        return rearranging(
                hits -> hits.stream().filter(hit -> predicate.test((SearchHit) hit)).toList());
    }

    private static Interceptor changing(UnaryOperator<SearchHit> change) {
        return rearranging(
                hits -> hits.stream().<Object>map(hit -> change.apply((SearchHit) hit)).toList());
    }

    private static Interceptor eachWith(String component, @Nullable Object value) {
        return changing(hit -> (SearchHit) Deeds.with(hit, component, value));
    }

    private static Interceptor resultWith(String component, Object value) {
        return call -> Deeds.with(call.proceed(), component, value);
    }

    private static Interceptor sorted(Comparator<SearchHit> order) {
        return rearranging(
                hits ->
                        hits.stream()
                                .map(SearchHit.class::cast)
                                .sorted(order)
                                .<Object>map(hit -> hit)
                                .toList());
    }

    private static Interceptor losingAtBorders() {
        return call -> {
            SearchResult result = result(call);
            boolean first = call.arg(PageRequest.class).cursor() == null;
            return first || result.hits().isEmpty()
                    ? result
                    : Deeds.with(result, "hits", result.hits().subList(1, result.hits().size()));
        };
    }

    private static Interceptor repeatingAtBorders() {
        AtomicReference<@Nullable SearchHit> last = new AtomicReference<>();
        return call -> {
            SearchResult result = result(call);
            List<SearchHit> hits = new ArrayList<>(result.hits());
            SearchHit before = last.get();
            if (call.arg(PageRequest.class).cursor() != null && before != null && !hits.isEmpty()) {
                hits.set(0, before);
            }
            last.set(hits.isEmpty() ? null : hits.get(hits.size() - 1));
            return Deeds.with(result, "hits", hits);
        };
    }

    /** Answers with what the search before it found. */
    private static Interceptor staling() {
        AtomicReference<SearchResult> before =
                new AtomicReference<>(new SearchResult(List.of(), null, false));
        return call -> before.getAndSet(result(call));
    }

    /** Shows one more hit than there is, once there was one. */
    private static Interceptor remembering() {
        AtomicReference<List<SearchHit>> seen = new AtomicReference<>(List.of());
        return call -> {
            SearchResult result = result(call);
            List<SearchHit> all = new ArrayList<>(seen.get());
            all.addAll(result.hits());
            seen.set(result.hits());
            return Deeds.with(result, "hits", all);
        };
    }

    private static @Nullable Object findAscii(Call call) throws Throwable {
        boolean ascii = call.arg(String.class).chars().allMatch(c -> c < 128);
        return ascii ? call.proceed() : new SearchResult(List.of(), null, false);
    }

    private static @Nullable Object cut(Call call) throws Throwable {
        String text = text(call);
        return text.length() > 1_000_000
                ? call.sessions()
                        .append(
                                call.arg(SessionId.class),
                                NewMessage.user(text.substring(30, 500_000)))
                : call.proceed();
    }

    /** Returns the only message that is appended, or nothing where there are several. */
    private static String text(Call call) {
        Object given = call.arguments().get(1);
        Object only = given instanceof List<?> list && list.size() == 1 ? list.get(0) : given;
        return only instanceof NewMessage message ? message.body().text() : "";
    }

    private static @Nullable Object refuseLong(Call call) throws Throwable {
        if (text(call).contains("q".repeat(300))) {
            throw new InvalidValueException("word", "shorter", null);
        }
        return call.proceed();
    }

    static @Nullable Object appendInstead(Call call) throws Throwable {
        SessionStore sessions = call.sessions();
        SessionId id = call.arg(SessionId.class);
        @SuppressWarnings("unchecked") // the operation takes a list of messages
        List<NewMessage> transcript = (List<NewMessage>) call.arg(List.class);
        if (!transcript.isEmpty()) {
            sessions.append(id, transcript, AppendOptions.plain());
        }
        return sessions.replaceTranscript(id, transcriptOf(sessions, id), AppendOptions.plain());
    }

    private static List<NewMessage> transcriptOf(SessionStore sessions, SessionId id) {
        return sessions.transcript(id).messages().stream()
                .map(message -> NewMessage.of(message.body().text()))
                .toList();
    }

    private static @Nullable Object keepPurged(Call call) throws Throwable {
        SessionStore sessions = call.sessions();
        SessionId id = call.arg(SessionId.class);
        return sessions.exists(id) ? true : call.proceed();
    }
}
