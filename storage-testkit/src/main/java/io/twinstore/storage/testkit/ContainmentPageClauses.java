package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.Containments.marked;
import static io.twinstore.storage.testkit.Containments.put;
import static io.twinstore.storage.testkit.Searches.bury;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.Config;
import io.twinstore.storage.Cursor;
import io.twinstore.storage.Json;
import io.twinstore.storage.Message;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.Page;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.SearchScope;
import io.twinstore.storage.Session;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** In which order, and in which pages, what contains something comes. */
final class ContainmentPageClauses {

    private static final Duration MICRO = Duration.ofNanos(1_000);

    /** Returns ids in an order in which those who compare UTF-16 units would not have them. */
    private static List<SessionId> ids(ClauseContext given) {
        String base = given.sessionId().value();
        return List.of(
                SessionId.of(base + "a"),
                SessionId.of(base + "\uFF5E"),
                SessionId.of(base + Samples.EMOJI));
    }

    private static List<String> shown(List<Message> messages) {
        return messages.stream().map(m -> m.sessionId().value() + " " + m.sequence()).toList();
    }

    @Clause(id = "FND-CONTAIN-012", needs = Capability.SEARCH)
    void messagesComeNewestFirst(ClauseContext given) {
        Config config = given.config();
        String document = marked(given);
        List<SessionId> ids = ids(given);
        for (int i : new int[] {2, 0, 1}) {
            given.sessions().create(NewSession.on(config.id()).id(ids.get(i)));
            given.sessions()
                    .append(
                            ids.get(i),
                            Collections.nCopies(2, NewMessage.of(document)),
                            AppendOptions.plain());
        }
        given.clock().move(MICRO);
        put(given, ids.get(1), document);
        given.clock().move(Duration.ofHours(1));
        put(given, ids.get(2), document);
        String a = ids.get(0).value();
        String b = ids.get(1).value();
        String c = ids.get(2).value();

        for (boolean indexed : List.of(false, true)) {
            if (indexed) {
                bury(given, ids.get(0));
                bury(given, ids.get(1));
            }
            for (int size : new int[] {2, 1000}) {
                assertThat(shown(messages(given, document, SearchScope.all(), size)))
                        .as("the order of messages in pages of %d", size)
                        .containsExactly(
                                c + " 3", b + " 3", a + " 1", a + " 2", b + " 1", b + " 2",
                                c + " 1", c + " 2");
            }
        }
    }

    private static List<Message> messages(
            ClauseContext given, String document, SearchScope scope, int size) {
        Json wanted = Json.of(document);
        return Expect.walk(size, page -> given.sessions().findContaining(wanted, scope, page));
    }

    @Clause(id = "FND-CONTAIN-013", needs = Capability.SEARCH)
    void pagesOfMessagesNeitherRepeatNorSkip(ClauseContext given) {
        SessionId id = given.session().id();
        String document = marked(given);
        Json wanted = Json.of(document);
        for (int i = 0; i < 23; i++) {
            given.clock().move(Duration.ofMillis(i % 3));
            put(given, id, i % 4 == 3 ? "{\"k\":1}" : document);
        }
        SearchScope scope = SearchScope.of(id);
        List<Message> expected = Containments.messages(given, document, scope).items();
        List<Message> walked = new ArrayList<>();
        PageRequest request = PageRequest.ofSize(5);
        while (request != null) {
            Page<Message> page = given.sessions().findContaining(wanted, scope, request);
            walked.addAll(page.items());
            given.clock().move(MICRO);
            put(given, id, document);
            request = request.after(page).orElse(null);
        }
        assertThat(expected).as("what contains the document").hasSize(18);
        assertThat(walked).as("what pages show while others append").isEqualTo(expected);
        bury(given, id);
        assertThat(messages(given, document, scope, 4))
                .as("what pages show of what is indexed")
                .isEqualTo(Containments.messages(given, document, scope).items());
    }

    @Clause(id = "FND-CONTAIN-014", needs = Capability.SEARCH)
    void pagesGoOnToTheEnd(ClauseContext given) {
        SessionId id = given.session().id();
        String document = marked(given);
        String rare = marked(given).replace("k", "rare");
        put(given, id, document.replace("}", "," + rare.substring(1)));
        given.clock().move(MICRO);
        List<NewMessage> many = Collections.nCopies(SessionStore.RANKED, NewMessage.of(document));
        given.sessions().append(id, many, AppendOptions.plain());
        given.clock().move(Duration.ofHours(1));
        put(given, id, document);

        for (SearchScope scope : List.of(SearchScope.of(id), SearchScope.all())) {
            List<Message> all = messages(given, document, scope, 1000);
            assertThat(all).as("all messages").hasSize(SessionStore.RANKED + 2);
            assertThat(all.get(0).sequence()).as("the first").isEqualTo(SessionStore.RANKED + 2);
            assertThat(all.get(all.size() - 1).sequence()).as("the last").isEqualTo(1);
            assertThat(all.stream().map(Message::sequence).distinct()).hasSize(all.size());
            assertThat(messages(given, rare, scope, 1))
                    .extracting(Message::sequence)
                    .as("what is in the oldest alone")
                    .containsExactly(1L);
        }
    }

    @Clause(id = "FND-CONTAIN-015", needs = Capability.SEARCH)
    void cursorIsGoodForItsCall(ClauseContext given) {
        SessionId id = given.session().id();
        given.session();
        String document = marked(given);
        put(given, id, document, document);
        Json wanted = Json.of(document);
        SessionStore sessions = given.sessions();
        SearchScope scope = SearchScope.of(id);
        PageRequest one = PageRequest.ofSize(1);
        PageRequest next =
                one.from(sessions.findContaining(wanted, scope, one).next().orElseThrow());
        PageRequest nextSession =
                one.from(
                        sessions.findSessionsContaining(Json.emptyArray(), SearchScope.all(), one)
                                .next()
                                .orElseThrow());
        for (PageRequest bad : List.of(one.from(Cursor.of("x")), nextSession)) {
            Expect.refused("cursor", () -> sessions.findContaining(wanted, scope, bad));
        }
        Expect.refused("cursor", () -> sessions.findContaining(Json.of("{}"), scope, next));
        Expect.refused("cursor", () -> sessions.findContaining(wanted, SearchScope.all(), next));
        Expect.refused(
                "cursor",
                () -> sessions.findSessionsContaining(Json.of("[{}]"), scope, nextSession));
        Expect.refused(
                "cursor",
                () -> sessions.findSessionsContaining(Json.emptyArray(), scope, nextSession));
        Expect.refused(
                "cursor",
                () -> sessions.findSessionsContaining(Json.emptyArray(), SearchScope.all(), next));
        assertThat(sessions.findContaining(wanted, scope, next).items())
                .as("the second page")
                .hasSize(1);
    }

    @Clause(id = "FND-CONTAIN-016", needs = Capability.SEARCH)
    void sessionsComeByCreation(ClauseContext given) {
        Config config = given.config();
        String document = marked(given);
        List<SessionId> ids = ids(given);
        for (int i : new int[] {2, 0, 1}) {
            given.sessions().create(NewSession.on(config.id()).id(ids.get(i)));
        }
        given.clock().move(MICRO);
        SessionId later = given.sessions().create(NewSession.on(config.id())).id();
        given.sessions().create(NewSession.on(config.id()));
        for (SessionId id : List.of(later, ids.get(0), ids.get(2), ids.get(1))) {
            given.clock().move(Duration.ofMinutes(2));
            put(given, id, document, document);
        }
        List<SessionId> expected = List.of(later, ids.get(0), ids.get(1), ids.get(2));

        for (boolean indexed : List.of(false, true)) {
            if (indexed) {
                ids.forEach(id -> bury(given, id));
            }
            for (int size : new int[] {1, 1000}) {
                assertThat(sessions(given, "[" + document + "]", size))
                        .as("the order of sessions in pages of %d", size)
                        .isEqualTo(expected);
            }
        }
    }

    private static List<SessionId> sessions(ClauseContext given, String elements, int size) {
        return Expect.walk(
                        size,
                        page ->
                                given.sessions()
                                        .findSessionsContaining(
                                                Json.of(elements), SearchScope.all(), page))
                .stream()
                .map(Session::id)
                .toList();
    }

    @Clause(id = "FND-CONTAIN-017", needs = Capability.SEARCH)
    void pagesOfSessionsNeverRepeat(ClauseContext given) {
        Config config = given.config();
        String document = marked(given);
        List<SessionId> expected = new ArrayList<>();
        for (int i = 0; i < 17; i++) {
            given.clock().move(Duration.ofMillis(i % 2));
            SessionId id =
                    given.sessions().create(NewSession.on(config.id()).id(given.sessionId())).id();
            put(given, id, i % 3 == 2 ? "{\"k\":1}" : document);
            expected.add(id);
        }
        expected.clear();
        Json wanted = Json.of("[" + document + "]");
        Containments.sessions(given, wanted.text(), SearchScope.all())
                .items()
                .forEach(session -> expected.add(session.id()));
        List<SessionId> walked = new ArrayList<>();
        PageRequest request = PageRequest.ofSize(3);
        while (request != null) {
            Page<Session> page =
                    given.sessions().findSessionsContaining(wanted, SearchScope.all(), request);
            page.items().forEach(session -> walked.add(session.id()));
            given.clock().move(MICRO);
            put(given, given.sessions().create(NewSession.on(config.id())).id(), document);
            page.items().forEach(session -> put(given, session.id(), document, "{}"));
            request = request.after(page).orElse(null);
        }
        assertThat(expected).as("what contains the elements").hasSize(12);
        assertThat(walked).as("what pages show while others append").isEqualTo(expected);
    }

    /** More sessions than are looked at together, and a message that is in many of one's. */
    @Clause(id = "FND-CONTAIN-018", needs = Capability.SEARCH)
    void findsTheFewAmongMany(ClauseContext given) {
        Config config = given.config();
        String often = marked(given);
        String everywhere = marked(given);
        SessionId oldest = given.sessions().create(NewSession.on(config.id())).id();
        List<NewMessage> many = Collections.nCopies(2_500, NewMessage.of(often));
        given.sessions().append(oldest, many, AppendOptions.plain());
        put(given, oldest, everywhere);
        given.clock().move(MICRO);
        List<SessionId> newer = new ArrayList<>();
        given.storage()
                .transaction(
                        tx -> {
                            for (int i = 0; i < 700; i++) {
                                SessionId id =
                                        tx.sessions().create(NewSession.on(config.id())).id();
                                tx.sessions().append(id, NewMessage.of(everywhere));
                                newer.add(id);
                            }
                            return Boolean.TRUE;
                        });
        newer.sort(Comparator.comparing(SessionId::value));
        newer.add(oldest);
        for (int size : new int[] {20, 1000}) {
            assertThat(sessions(given, "[" + often + "]", size))
                    .as("who has it often, in pages of %d", size)
                    .containsExactly(oldest);
            assertThat(sessions(given, "[" + everywhere + "," + often + "]", size))
                    .as("who has both, in pages of %d", size)
                    .containsExactly(oldest);
            assertThat(sessions(given, "[" + everywhere + "]", size))
                    .as("who has what all have, in pages of %d", size)
                    .isEqualTo(newer);
        }
    }
}
