package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.Containments.contains;
import static io.twinstore.storage.testkit.Containments.marked;
import static io.twinstore.storage.testkit.Containments.put;
import static io.twinstore.storage.testkit.Containments.twice;
import static io.twinstore.storage.testkit.Searches.bury;
import static io.twinstore.storage.testkit.Searches.word;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.SearchScope;
import io.twinstore.storage.Session;
import io.twinstore.storage.SessionId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Which sessions' transcripts contain an array, and which just miss. */
final class SessionContainmentClauses {

    @Clause(id = "FND-CONTAIN-019", needs = Capability.SEARCH)
    void findsSessionsThatContain(ClauseContext given) {
        SessionId id = given.session().id();
        SessionId other = given.session().id();
        String a = word(given);
        String b = word(given);
        put(
                given,
                id,
                "{\"role\":\"user\",\"k\":\"%s\"}".formatted(a),
                "{\"role\":\"tool\",\"k\":\"%s\",\"n\":[1,{\"x\":1}]}".formatted(b));
        put(given, other, "{\"role\":\"tool\",\"k\":\"%s\"}".formatted(a));
        String user = "{\"role\":\"user\",\"k\":\"" + a + "\"}";
        String tool = "{\"k\":\"" + b + "\"}";

        twice(
                given,
                id,
                when -> {
                    contains(given, id, when, "[" + user + "," + tool + "]", true);
                    contains(given, id, when, "[" + tool + "," + user + "," + tool + "]", true);
                    contains(given, id, when, "[" + tool + ",{\"n\":[{\"x\":1}]}]", true);
                    contains(given, id, when, "[" + user + ",{\"k\":\"" + b + "x\"}]", false);
                    contains(given, id, when, "[{\"role\":\"user\",\"k\":\"" + b + "\"}]", false);
                    contains(given, id, when, "[" + user.replace("user", "tool") + "]", false);
                    contains(given, other, when, "[" + user + "]", false);
                    contains(given, other, when, "[" + tool + "]", false);
                    contains(given, other, when, "[" + user.replace("user", "tool") + "]", true);
                });
    }

    /** What an index takes for a candidate, and what only one of many messages holds. */
    @Clause(id = "FND-CONTAIN-020", needs = Capability.SEARCH)
    void findsTheOneMessage(ClauseContext given) {
        SessionId id = given.session().id();
        SessionId other = given.session().id();
        String w = word(given);
        String wanted = "{\"k\":[{\"x\":\"%s\",\"y\":1}]}".formatted(w);
        String missed = "{\"k\":[{\"x\":\"%s\"},{\"y\":1}]}".formatted(w);
        put(given, id, missed, wanted, missed, "{\"k\":[]}", missed);
        put(given, other, missed, missed, "{\"k\":[[]]}");
        bury(given, other);

        twice(
                given,
                id,
                when -> {
                    contains(given, id, when, "[" + wanted + "]", true);
                    contains(given, other, when, "[" + wanted + "]", false);
                    contains(given, other, when, "[" + missed + "]", true);
                    contains(given, id, when, "[{\"k\":[]}," + wanted + "]", true);
                    contains(given, id, when, "[{\"k\":[[]]}]", false);
                    contains(given, other, when, "[{\"k\":[[]]}]", true);
                });
    }

    @Clause(id = "FND-CONTAIN-021", needs = Capability.SEARCH)
    void takesElementsForElements(ClauseContext given) {
        SessionId scalars = given.session().id();
        SessionId arrays = given.session().id();
        SessionId empty = given.session().id();
        put(given, scalars, "7", "\"a\"", "null", "{}");
        put(given, arrays, "[7,[8]]", "[\"a\"]", "[[]]");

        for (String when : List.of("just appended", "appended before much else")) {
            contains(given, scalars, when, "[7.0,\"a\",null]", true);
            contains(given, scalars, when, "[7,8]", false);
            contains(given, scalars, when, "[[7]]", false);
            contains(given, scalars, when, "[[]]", false);
            contains(given, scalars, when, "[{}]", true);
            contains(given, arrays, when, "[7]", false);
            contains(given, arrays, when, "[\"a\"]", false);
            contains(given, arrays, when, "[[7],[\"a\"],[]]", true);
            contains(given, arrays, when, "[[[8]]]", true);
            contains(given, arrays, when, "[[8]]", false);
            contains(given, arrays, when, "[[\"a\",7]]", false);
            for (SessionId id : List.of(scalars, arrays, empty)) {
                contains(given, id, when, "[]", true);
            }
            contains(given, empty, when, "[{}]", false);
            contains(given, empty, when, "[null]", false);
            contains(given, arrays, when, "[{}]", when.startsWith("appended"));
            bury(given, scalars);
            bury(given, arrays);
        }
    }

    @Clause(id = "FND-CONTAIN-022", needs = Capability.SEARCH)
    void handsOutSessionsAsTheyAre(ClauseContext given) {
        SessionId id = given.session().id();
        String document = marked(given);
        put(given, id, document, document);
        Session expected = given.sessions().get(id);

        assertThat(Containments.sessions(given, "[" + document + "]", SearchScope.all()).items())
                .as("what is found")
                .containsExactly(expected);
    }

    @Clause(id = "FND-CONTAIN-023", needs = Capability.SEARCH)
    void countsMessagesOfTheTimeAlone(ClauseContext given) {
        SessionId id = given.session().id();
        String a = marked(given);
        String b = marked(given);
        put(given, id, a);
        given.clock().move(Duration.ofNanos(1_000));
        Instant second = given.clock().instant();
        put(given, id, b);
        given.clock().move(Duration.ofHours(1));
        Instant third = given.clock().instant();
        put(given, id, a);

        for (String when : List.of("just appended", "appended before much else")) {
            SearchScope.Builder scope = SearchScope.builder().session(id);
            List<SessionId> one = List.of(id);
            String both = "[" + a + "," + b + "]";
            SearchScope to3 = scope.created(null, third).build();
            Containments.findsSessions(given, when, both, to3, one);
            SearchScope to2 = scope.created(null, second).build();
            Containments.findsSessions(given, when, both, to2, List.of());
            Containments.findsSessions(given, when, "[" + a + "]", to2, one);
            SearchScope from2to3 = scope.created(second, third).build();
            Containments.findsSessions(given, when, "[" + a + "]", from2to3, List.of());
            Containments.findsSessions(given, when, "[" + b + "]", from2to3, one);
            SearchScope from2 = scope.created(second.plusNanos(1), null).build();
            Containments.findsSessions(given, when, "[" + b + "]", from2, List.of());
            Containments.findsSessions(given, when, "[" + a + "]", from2, one);
            Containments.findsSessions(given, when, "[]", scope.created(third, third).build(), one);
            bury(given, id);
        }
    }
}
