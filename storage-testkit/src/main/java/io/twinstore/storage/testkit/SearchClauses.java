package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.Searches.bury;
import static io.twinstore.storage.testkit.Searches.found;
import static io.twinstore.storage.testkit.Searches.hits;
import static io.twinstore.storage.testkit.Searches.say;
import static io.twinstore.storage.testkit.Searches.word;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.NewMessage;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.SearchHit;
import io.twinstore.storage.SearchScope;
import io.twinstore.storage.SearchSyntaxException;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.Snippet;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** What a search finds in messages, and what it just misses; read at once, and once indexed. */
final class SearchClauses {

    /** Asserts the same of messages that were just appended, and of the same once indexed. */
    private static void twice(ClauseContext given, SessionId id, Consumer<String> check) {
        check.accept("just appended");
        bury(given, id);
        check.accept("appended before much else");
    }

    private static void finds(
            ClauseContext given, SessionId id, String when, String text, Long... sequences) {
        assertThat(found(given, id, text))
                .as("what is found of messages %s for %s", when, text)
                .containsExactly(sequences);
    }

    @Clause(id = "SRC-FIND-001", needs = Capability.SEARCH)
    void findsWords(ClauseContext given) {
        SessionId id = given.session().id();
        String w = word(given);
        say(given, id, "before " + w + " behind");
        say(given, id, w.toUpperCase(Locale.ROOT) + "!");
        say(given, id, w + "y, y" + w);
        say(given, id, "src/" + w + ".py");

        twice(given, id, when -> finds(given, id, when, w, 1L, 2L, 4L));
    }

    @Clause(id = "SRC-FIND-002", needs = Capability.SEARCH)
    void demandsAllWords(ClauseContext given) {
        SessionId id = given.session().id();
        String a = word(given);
        String b = word(given);
        say(given, id, a + " and then " + b);
        say(given, id, a + " only");
        say(given, id, b + " only");
        given.sessions().append(id, NewMessage.of("{\"x\":\"" + b + "\",\"y\":[\"" + a + "\"]}"));

        twice(given, id, when -> finds(given, id, when, a + " " + b, 1L, 4L));
    }

    @Clause(id = "SRC-FIND-003", needs = Capability.SEARCH)
    void findsPhrases(ClauseContext given) {
        SessionId id = given.session().id();
        String a = word(given);
        String b = word(given);
        say(given, id, "see " + a + " " + b + " there");
        say(given, id, b + " " + a);
        say(given, id, a + " or " + b);
        given.sessions().append(id, NewMessage.of("{\"x\":\"" + a + "\",\"y\":\"" + b + "\"}"));

        twice(given, id, when -> finds(given, id, when, "\"" + a + " " + b + "\"", 1L));
    }

    @Clause(id = "SRC-FIND-004", needs = Capability.SEARCH)
    void findsAlternatives(ClauseContext given) {
        SessionId id = given.session().id();
        String a = word(given);
        String b = word(given);
        String c = word(given);
        say(given, id, a + " " + c);
        say(given, id, b + " " + c);
        say(given, id, a + " " + b);
        say(given, id, c);

        twice(
                given,
                id,
                when -> {
                    finds(given, id, when, a + " OR " + b, 1L, 2L, 3L);
                    finds(given, id, when, "(" + a + " OR " + b + ") " + c, 1L, 2L);
                });
    }

    @Clause(id = "SRC-FIND-005", needs = Capability.SEARCH)
    void leavesOut(ClauseContext given) {
        SessionId id = given.session().id();
        String a = word(given);
        String b = word(given);
        say(given, id, a);
        say(given, id, a + " " + b);
        say(given, id, b);

        twice(
                given,
                id,
                when -> {
                    finds(given, id, when, a + " -" + b, 1L);
                    finds(given, id, when, a + " -\"" + b + " " + a + "\"", 1L, 2L);
                });
    }

    @Clause(id = "SRC-FIND-006", needs = Capability.SEARCH)
    void findsBeginnings(ClauseContext given) {
        SessionId id = given.session().id();
        String w = word(given);
        say(given, id, w + "abc");
        say(given, id, w);
        say(given, id, w.substring(0, w.length() - 1));
        say(given, id, "y" + w);

        twice(given, id, when -> finds(given, id, when, w + "*", 1L, 2L));
    }

    @Clause(id = "SRC-FIND-007", needs = Capability.SEARCH)
    void searchesEveryStringValue(ClauseContext given) {
        SessionId id = given.session().id();
        String w = word(given);
        for (String body :
                List.of(
                        "\"%s\"",
                        "[1,[\"%s\"]]",
                        "{\"role\":\"tool\",\"content\":[{\"type\":\"text\",\"text\":\"a %s\"}]}",
                        "{\"input\":{\"path\":\"/%s/\"}}",
                        "{\"%s\":\"a name of a member is none\"}",
                        "{\"n\":1}")) {
            given.sessions().append(id, NewMessage.of(body.formatted(w)));
        }

        twice(given, id, when -> finds(given, id, when, w, 1L, 2L, 3L, 4L));
    }

    @Clause(id = "SRC-FIND-008", needs = Capability.SEARCH)
    void searchesEveryScript(ClauseContext given) {
        SessionId id = given.session().id();
        String w = word(given);
        given.sessions().append(id, NewMessage.of("{\"c\":\"\\u0000" + w + "\\u0000\"}"));
        given.sessions().append(id, NewMessage.of("{\"c\":\"\\ud83d " + w + "\"}"));
        say(given, id, "\u6771\u4EAC\u90FD\u306B\u4F4F\u3093\u3067\u3044\u307E\u3059");
        say(given, id, "\u4EAC\u6771");
        say(given, id, "Caf\u00E9 cre\u0301me");
        say(given, id, Samples.EMOJI + " " + w);

        twice(
                given,
                id,
                when -> {
                    finds(given, id, when, w, 1L, 2L, 6L);
                    finds(given, id, when, "\u6771\u4EAC", 3L);
                    finds(given, id, when, "cafe creme", 5L);
                });
    }

    @Clause(id = "SRC-FIND-009", needs = Capability.SEARCH)
    void searchesLongMessages(ClauseContext given) {
        SessionId id = given.session().id();
        String first = word(given);
        String middle = word(given);
        String last = word(given);
        String many = "lorem ipsum dolor sit amet ".repeat(190_000);
        String text = first + " " + many + middle + " " + middle + " " + many + last;
        assertThat(text.length()).isGreaterThan(10_000_000);
        Expect.answer(() -> say(given, id, text));
        say(given, id, first + " " + last);

        twice(
                given,
                id,
                when -> {
                    finds(given, id, when, first + " " + middle + " " + last, 1L);
                    finds(given, id, when, first + " -" + middle, 2L);
                    finds(given, id, when, "\"amet " + last + "\"", 1L);
                });
    }

    @Clause(id = "SRC-FIND-010", needs = Capability.SEARCH)
    void passesOverWordsThatAreTooLong(ClauseContext given) {
        SessionId id = given.session().id();
        String a = word(given);
        String b = word(given);
        Expect.answer(() -> say(given, id, a + " " + "q".repeat(5_000) + " " + b));
        say(given, id, "q".repeat(255));

        twice(
                given,
                id,
                when -> {
                    finds(given, id, when, a + " " + b, 1L);
                    finds(given, id, when, "\"" + a + " " + b + "\"");
                    finds(given, id, when, "q".repeat(255), 2L);
                });
    }

    @Clause(id = "SRC-FIND-011", needs = Capability.SEARCH)
    void refusesWhatIsNoQuery(ClauseContext given) {
        SearchSyntaxException refusal =
                Expect.thrown(
                        SearchSyntaxException.class,
                        () ->
                                given.sessions()
                                        .search(
                                                "one (two",
                                                SearchScope.all(),
                                                PageRequest.first()));
        assertThat(refusal.position()).as("where it is wrong").isEqualTo(4);
        for (String text : List.of("", "  ", "\"", "OR", "a OR", "-a", ")", "*")) {
            Expect.thrown(
                    SearchSyntaxException.class,
                    () -> given.sessions().search(text, SearchScope.all(), PageRequest.first()));
        }
    }

    @Clause(id = "SRC-FIND-012", needs = Capability.SEARCH)
    void tellsWhatItFound(ClauseContext given) {
        SessionId id = given.session().id();
        String w = word(given);
        given.sessions()
                .append(
                        id,
                        NewMessage.of(
                                "{\"role\":\"tool\",\"content\":\"%s and %s\"}".formatted(w, w)));

        twice(
                given,
                id,
                when -> {
                    List<SearchHit> hits = hits(given, id, w);
                    assertThat(hits).as("hits of a message %s", when).hasSize(1);
                    SearchHit hit = hits.get(0);
                    assertThat(hit.sessionId()).as("its session").isEqualTo(id);
                    assertThat(hit.sequence()).as("its sequence").isEqualTo(1);
                    assertThat(hit.role()).as("its role").isEqualTo("tool");
                    assertThat(hit.createdAt()).as("its time").isEqualTo(ClauseContext.START);
                    assertThat(highlighted(hit.snippet()))
                            .as("what the snippet highlights")
                            .containsExactly(w, w);
                });
    }

    private static List<String> highlighted(Snippet snippet) {
        return snippet.highlights().stream()
                .map(h -> snippet.text().substring(h.start(), h.end()))
                .toList();
    }
}
