package io.twinstore.storage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.ConfigId;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.Page;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.Session;
import io.twinstore.storage.SessionFilter;
import io.twinstore.storage.SessionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Sessions: the order in which they are listed, and their pages. */
final class SessionOrderClauses {

    private static SessionId create(ClauseContext given, ConfigId config) {
        return given.sessions().create(NewSession.on(config).id(given.sessionId())).id();
    }

    private static SessionFilter on(ConfigId config) {
        return SessionFilter.builder().config(config).build();
    }

    private static List<SessionId> ids(ClauseContext given, SessionFilter filter) {
        return given.sessions().list(filter, PageRequest.first()).items().stream()
                .map(Session::id)
                .toList();
    }

    @Clause(id = "SES-LIST-001")
    void latestActivityFirst(ClauseContext given) {
        ConfigId config = given.config().id();
        List<SessionId> created = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            created.add(create(given, config));
            given.clock().move(Duration.ofMinutes(2));
        }
        given.sessions().append(created.get(1), NewMessage.user("Hello"));
        given.clock().move(Duration.ofMinutes(2));
        given.sessions().touch(created.get(0), given.app("app"));

        assertThat(ids(given, on(config)))
                .containsExactly(created.get(0), created.get(1), created.get(3), created.get(2));
    }

    @Clause(id = "SES-LIST-002")
    void tiesByIdDescending(ClauseContext given) {
        ConfigId config = given.config().id();
        String base = given.unique("tied");
        List<SessionId> ascending = new ArrayList<>();
        // U+FF5E sorts behind the surrogates of an emoji when UTF-16 units are compared.
        for (String end : List.of("B", "a", "b", "\u00E4", "\uFF5E", Samples.EMOJI)) {
            SessionId id = SessionId.of(base + end);
            given.sessions().create(NewSession.on(config).id(id));
            ascending.add(id);
        }
        Collections.reverse(ascending);

        assertThat(ids(given, on(config))).isEqualTo(ascending);
    }

    @Clause(id = "SES-LIST-003")
    void pagesAreDisjointAndComplete(ClauseContext given) {
        ConfigId config = given.config().id();
        for (int i = 0; i < 10; i++) {
            create(given, config);
            given.clock().move(Duration.ofNanos(1_000L * (i % 3)));
        }
        for (int size : new int[] {1, 3, 5, 10, 1000}) {
            assertThat(Expect.walk(size, page -> given.sessions().list(on(config), page)))
                    .as("all pages of %s", size)
                    .extracting(Session::id)
                    .isEqualTo(ids(given, on(config)));
        }
    }

    @Clause(id = "SES-LIST-004")
    void activityDoesNotRepeat(ClauseContext given) {
        ConfigId config = given.config().id();
        for (int i = 0; i < 6; i++) {
            create(given, config);
            given.clock().move(Duration.ofSeconds(1));
        }
        List<SessionId> before = ids(given, on(config));
        SessionFilter filter = on(config);
        Page<Session> first = given.sessions().list(filter, PageRequest.ofSize(2));
        given.clock().move(Duration.ofMinutes(5));
        given.sessions().touch(before.get(0), given.app("app"));
        given.sessions().touch(before.get(4), given.app("app"));
        SessionId newcomer = create(given, config);

        List<SessionId> rest = new ArrayList<>();
        for (var next = PageRequest.ofSize(2).after(first); next.isPresent(); ) {
            Page<Session> page = given.sessions().list(filter, next.get());
            page.items().forEach(session -> rest.add(session.id()));
            next = next.get().after(page);
        }

        assertThat(rest)
                .as("the rest of the list")
                .containsExactly(before.get(2), before.get(3), before.get(5));
        assertThat(ids(given, on(config)))
                .as("a new first page")
                .startsWith(newcomer)
                .contains(before.get(4));
    }
}
