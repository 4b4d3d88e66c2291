package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.Containments.finds;
import static io.twinstore.storage.testkit.Containments.marked;
import static io.twinstore.storage.testkit.Containments.put;
import static io.twinstore.storage.testkit.Containments.twice;
import static io.twinstore.storage.testkit.Searches.word;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.twinstore.storage.InvalidOptionsException;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Json;
import io.twinstore.storage.Message;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.SearchOptions;
import io.twinstore.storage.SearchScope;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.Storage;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Which messages contain a document, and which just miss; read at once, and once indexed. */
final class MessageContainmentClauses {

    @Clause(id = "FND-CONTAIN-004", needs = Capability.SEARCH)
    void findsMessagesThatContain(ClauseContext given) {
        SessionId id = given.session().id();
        String w = word(given);
        String wanted =
                "{\"k\":\"%s\",\"a\":[{\"x\":1,\"y\":[2]}],\"o\":{\"n\":null}}".formatted(w);
        put(
                given,
                id,
                wanted,
                "{\"o\":{\"m\":1,\"n\":null},\"z\":0,\"a\":[7,{\"q\":[],\"y\":[3,2],\"x\":1.0}],\"k\":\"%s\"}"
                        .formatted(w),
                wanted.replace("[2]}", "[2,2]},{\"x\":5}"),
                wanted.replace(",\"o\":{\"n\":null}", ""),
                wanted.replace("\"x\":1", "\"x\":2"),
                wanted.replace("\"x\":1", "\"x\":\"1\""),
                wanted.replace("1,\"y\"", "1},{\"y\""),
                wanted.replace("[2]", "2"),
                wanted.replace("{\"n\":null}", "{\"n\":\"null\"}"),
                wanted.replace("\"k\"", "\"K\""),
                wanted.replace("\"" + w + "\"", "[\"" + w + "\"]"),
                wanted.replace(w, w + "x"),
                "{\"d\":" + wanted + "}",
                "[" + wanted + "]");

        twice(given, id, when -> finds(given, id, when, wanted, 1L, 2L, 3L));
    }

    @Clause(id = "FND-CONTAIN-005", needs = Capability.SEARCH)
    void findsWhatHoldsNothing(ClauseContext given) {
        SessionId id = given.session().id();
        put(
                given,
                id,
                "{}",
                "{\"a\":[]}",
                "{\"a\":{}}",
                "{\"a\":[[]]}",
                "{\"a\":[1,{\"b\":2}]}",
                "{\"a\":1}",
                "[]",
                "[{\"a\":[]}]",
                "7",
                "null");

        for (String when : List.of("just appended", "appended before much else")) {
            finds(given, id, when, "{\"a\":[]}", 2L, 4L, 5L);
            finds(given, id, when, "{\"a\":{}}", 3L);
            finds(given, id, when, "{\"a\":[[]]}", 4L);
            finds(given, id, when, "{\"a\":[{}]}", 5L);
            assertThat(Containments.found(given, id, "{}"))
                    .as("messages %s that are objects", when)
                    .startsWith(1L, 2L, 3L, 4L, 5L, 6L)
                    .doesNotContain(7L, 8L, 9L, 10L);
            Searches.bury(given, id);
        }
    }

    @Clause(id = "FND-CONTAIN-006", needs = Capability.SEARCH)
    void comparesValuesByMeaning(ClauseContext given) {
        SessionId id = given.session().id();
        String w = word(given);
        String with = "{\"k\":\"" + w + "\",\"v\":%s}";
        for (String value :
                List.of(
                        "\"a\\u0000b\"",
                        "\"half \\ud83d\"",
                        "100.0",
                        "-0.0",
                        "12345678901234567890.5",
                        "\"\u00E9\"",
                        "true",
                        "1,\"v\":2")) {
            put(given, id, with.formatted(value));
        }

        twice(
                given,
                id,
                when -> {
                    finds(given, id, when, with.formatted("\"a\\u0000b\""), 1L);
                    finds(given, id, when, with.formatted("\"a\""));
                    finds(given, id, when, with.formatted("\"half \\uD83D\""), 2L);
                    finds(given, id, when, with.formatted("\"half \\ud83e\""));
                    finds(given, id, when, with.formatted("1e2"), 3L);
                    finds(given, id, when, with.formatted("100.0000000000000001"));
                    finds(given, id, when, with.formatted("0"), 4L);
                    finds(given, id, when, with.formatted("1234567890123456789050e-2"), 5L);
                    finds(given, id, when, with.formatted("12345678901234567890"));
                    finds(given, id, when, with.formatted("\"\\u00e9\""), 6L);
                    finds(given, id, when, with.formatted("\"e\u0301\""));
                    finds(given, id, when, with.formatted("\"true\""));
                    finds(given, id, when, with.formatted("1"));
                    finds(given, id, when, with.formatted("1,\"v\":2"), 8L);
                });
    }

    @Clause(id = "FND-CONTAIN-007", needs = Capability.SEARCH)
    void findsInLargeMessages(ClauseContext given) {
        SessionId id = given.session().id();
        String w = word(given);
        String many =
                IntStream.range(0, 1_025).mapToObj(i -> "" + i).collect(Collectors.joining(","));
        String long10 = "lorem ipsum ".repeat(850_000);
        assertThat(long10.length()).isGreaterThan(10_000_000);
        put(
                given,
                id,
                "{\"many\":[" + many + "],\"k\":\"" + w + "\"}",
                "{\"many\":[" + many + "],\"k\":\"" + w + "x\"}",
                "{\"text\":\"" + long10 + "\",\"k\":\"" + w + "\"}",
                "{\"text\":\"" + long10 + w + "\"}");
        String members =
                IntStream.range(0, 40)
                        .mapToObj(i -> "\"m" + i + "\":\"" + w + "\"")
                        .collect(Collectors.joining(",", "{", "}"));
        put(given, id, members, members.replace("\"m39\":\"", "\"m39\":\"x"));

        twice(
                given,
                id,
                when -> {
                    finds(given, id, when, "{\"k\":\"" + w + "\"}", 1L, 3L);
                    finds(given, id, when, "{\"k\":\"" + w + "\",\"many\":[1024,0]}", 1L);
                    finds(given, id, when, "{\"k\":\"" + w + "\",\"many\":[1025]}");
                    finds(given, id, when, members, 5L);
                });
    }

    @Clause(id = "FND-CONTAIN-008", needs = Capability.SEARCH)
    void handsOutMessagesAsTheyAre(ClauseContext given) {
        SessionId id = given.session().id();
        String document = marked(given);
        String body = " " + document.replace("}", ", \"n\" : 1.50, \"role\":\"tool\" }");
        put(given, id, "{}", body);
        Message expected = given.sessions().lastMessages(id, 1).get(0);

        twice(
                given,
                id,
                when ->
                        assertThat(
                                        Containments.messages(given, document, SearchScope.all())
                                                .items())
                                .as("what is found of messages %s", when)
                                .containsExactly(expected));
    }

    @Clause(id = "FND-CONTAIN-009", needs = Capability.SEARCH)
    void refusesWhatIsNoObject(ClauseContext given) {
        for (String bad : List.of("[]", "[{\"a\":1}]", "1", "\"a\"", "null", "true")) {
            InvalidValueException refusal =
                    Expect.refused(
                            "document",
                            () ->
                                    given.sessions()
                                            .findContaining(
                                                    Json.of(bad),
                                                    SearchScope.all(),
                                                    PageRequest.first()));
            assertThat(refusal.bound()).as("what the field allows").contains("object");
        }
        for (String bad : List.of("{}", "{\"a\":[1]}", "1", "\"a\"", "null", "true")) {
            InvalidValueException refusal =
                    Expect.refused(
                            "elements",
                            () ->
                                    given.sessions()
                                            .findSessionsContaining(
                                                    Json.of(bad),
                                                    SearchScope.all(),
                                                    PageRequest.first()));
            assertThat(refusal.bound()).as("what the field allows").contains("array");
        }
    }

    @Clause(id = "FND-CONTAIN-010", needs = Capability.SEARCH)
    void isRefusedWhereSearchIsOff(ClauseContext given) {
        SessionId id = given.session().id();
        String document = marked(given);
        Storage off = given.open(options -> options.search(SearchOptions.off()));
        off.sessions().append(id, NewMessage.of(document));
        finds(given, id, "that a process without search appended", document, 1L);
        for (String wanted : List.of(document, "[]")) {
            Expect.thrown(
                    InvalidOptionsException.class,
                    () ->
                            off.sessions()
                                    .findContaining(
                                            Json.of(wanted),
                                            SearchScope.all(),
                                            PageRequest.first()));
            Expect.thrown(
                    InvalidOptionsException.class,
                    () ->
                            off.sessions()
                                    .findSessionsContaining(
                                            Json.of(wanted),
                                            SearchScope.all(),
                                            PageRequest.first()));
        }
    }

    @Clause(id = "FND-CONTAIN-011")
    void isThereIfSearchIsDeclared(ClauseContext given) {
        boolean declared = given.harness().capabilities().contains(Capability.SEARCH);
        Throwable messages =
                catchThrowable(
                        () ->
                                given.sessions()
                                        .findContaining(
                                                Json.of("{\"a\":1}"),
                                                SearchScope.all(),
                                                PageRequest.first()));
        Throwable sessions =
                catchThrowable(
                        () ->
                                given.sessions()
                                        .findSessionsContaining(
                                                Json.of("[]"),
                                                SearchScope.all(),
                                                PageRequest.first()));
        for (Throwable refusal : Arrays.asList(messages, sessions)) {
            if (declared) {
                assertThat(refusal).as("what a declared capability throws").isNull();
            } else {
                assertThat(refusal)
                        .as("what a capability that is not declared throws")
                        .isInstanceOf(UnsupportedOperationException.class);
            }
        }
    }
}
