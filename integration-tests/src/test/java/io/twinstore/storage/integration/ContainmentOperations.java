package io.twinstore.storage.integration;

import io.twinstore.storage.Json;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.SearchScope;
import io.twinstore.storage.SessionId;
import java.time.Instant;
import java.util.List;

/** Makes up calls that find messages and sessions by what they contain, or are refused. */
final class ContainmentOperations {

    private static final List<String> DOCUMENTS =
            List.of(
                    "{\"role\":\"user\"}",
                    "{\"content\":\"hi\"}",
                    "{\"role\":\"tool\"}",
                    "{\"content\":\"a\\u0000b \\uD83D\"}",
                    "{\"role\":\"a\"}",
                    "{\"role\":\"b\"}",
                    "{\"n\":1000.0}",
                    "{\"role\":7}",
                    "{}",
                    "{\"tool_calls\":[]}",
                    "{\"tool_calls\":[{\"id\":\"a\"}],\"role\":\"assistant\"}",
                    "[]",
                    "null");

    private static final List<String> ELEMENTS =
            List.of(
                    "[]",
                    "[{}]",
                    "[{\"role\":\"user\"}]",
                    "[{\"role\":\"user\"},{\"role\":\"tool\"}]",
                    "[{\"n\":1e3},null,{\"content\":\"hi\"}]",
                    "[null]",
                    "[1]",
                    "[[2]]",
                    "[[],{\"role\":\"b\"}]",
                    "[\"\uD83D\uDE80/\"]",
                    "[{\"tool_calls\":[{}]}]",
                    "{}");

    private static final Instant AROUND = Instant.parse("2026-11-20T09:30:00Z");

    private final ValuePool pool;

    ContainmentOperations(ValuePool pool) {
        this.pool = pool;
    }

    Operation next() {
        boolean messages = pool.rarely(2);
        Json wanted = Json.of(pool.one(messages ? DOCUMENTS : ELEMENTS));
        SearchScope scope = scope();
        PageRequest page = pool.page();
        return new Operation(
                "sessions."
                        + (messages ? "findContaining " : "findSessionsContaining ")
                        + wanted
                        + " "
                        + scope
                        + " "
                        + page.size(),
                (stores, side) ->
                        messages
                                ? Paging.all(
                                        page,
                                        p -> stores.sessions().findContaining(wanted, scope, p))
                                : Paging.all(
                                        page,
                                        p ->
                                                stores.sessions()
                                                        .findSessionsContaining(wanted, scope, p)));
    }

    private SearchScope scope() {
        SessionId id = pool.session();
        SearchScope.Builder scope = SearchScope.builder();
        switch (pool.below(9)) {
            case 0 -> scope.session(id);
            case 1 -> scope.participant(pool.user());
            case 2 -> scope.config(pool.config());
            case 3 -> scope.app(pool.app());
            case 4 -> scope.status(pool.status());
            case 5 -> scope.created(AROUND.plus(pool.step()), null);
            case 6 -> scope.created(null, AROUND.plus(pool.step().multipliedBy(3)));
            default -> scope.created(null, null);
        }
        return scope.build();
    }
}
