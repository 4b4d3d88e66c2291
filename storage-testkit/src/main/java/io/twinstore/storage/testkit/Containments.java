package io.twinstore.storage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.Json;
import io.twinstore.storage.Message;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.Page;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.SearchScope;
import io.twinstore.storage.Session;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStore;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What clauses on containment in transcripts have in common. */
final class Containments {

    private static final PageRequest LARGE = PageRequest.ofSize(PageRequest.MAX_SIZE);

    private Containments() {}

    /** Returns an object that no other clause's messages contain. */
    static String marked(ClauseContext given) {
        return "{\"k\":\"" + Searches.word(given) + "\"}";
    }

    /** Appends messages with these bodies, one after the other. */
    static void put(ClauseContext given, SessionId id, String... bodies) {
        Stream.of(bodies).forEach(body -> given.sessions().append(id, NewMessage.of(body)));
    }

    /** Asserts the same of messages that were just appended, and of the same once indexed. */
    static void twice(ClauseContext given, SessionId id, Consumer<String> check) {
        check.accept("just appended");
        Searches.bury(given, id);
        check.accept("appended before much else");
    }

    static Page<Message> messages(ClauseContext given, String document, SearchScope scope) {
        return Expect.answer(
                () -> given.sessions().findContaining(Json.of(document), scope, LARGE));
    }

    static Page<Session> sessions(ClauseContext given, String elements, SearchScope scope) {
        return Expect.answer(
                () -> given.sessions().findSessionsContaining(Json.of(elements), scope, LARGE));
    }

    /** Returns the sequences of the messages of a session that contain a document, ascending. */
    static List<Long> found(ClauseContext given, SessionId id, String document) {
        return messages(given, document, SearchScope.of(id)).items().stream()
                .map(Message::sequence)
                .sorted()
                .toList();
    }

    /** Asserts which messages of a session contain a document. */
    static void finds(
            ClauseContext given, SessionId id, String when, String document, Long... sequences) {
        assertThat(found(given, id, document))
                .as("messages %s that contain %.200s", when, document)
                .containsExactly(sequences);
    }

    /** Asserts which sessions contain the elements, in this order. */
    static void findsSessions(
            ClauseContext given,
            String when,
            String elements,
            SearchScope scope,
            List<SessionId> expected) {
        assertThat(sessions(given, elements, scope).items().stream().map(Session::id).toList())
                .as("sessions %s that contain %.200s in %s", when, elements, scope)
                .isEqualTo(expected);
    }

    /** Asserts whether a session contains the elements. */
    static void contains(
            ClauseContext given, SessionId id, String when, String elements, boolean expected) {
        findsSessions(
                given, when, elements, SearchScope.of(id), expected ? List.of(id) : List.of());
    }

    /** Asserts in which sessions the document is for a scope, by both operations. */
    static void within(
            ClauseContext given, String document, SearchScope scope, SessionId... expected) {
        within(given.sessions(), document, scope, expected);
    }

    /** Asserts the same of a store that may be limited or bound. */
    static void within(
            SessionStore sessions, String document, SearchScope scope, SessionId... expected) {
        List<String> ids = Stream.of(expected).map(SessionId::value).sorted().toList();
        assertThat(messagesOf(sessions, document, scope))
                .as("sessions of messages that contain it in %s", scope)
                .isEqualTo(ids);
        assertThat(sessionsWith(sessions, document, scope))
                .as("sessions that contain it in %s", scope)
                .isEqualTo(ids);
    }

    /** Returns the ids of the sessions whose messages contain the document, ascending. */
    static List<String> messagesOf(SessionStore sessions, String document, SearchScope scope) {
        return Expect.answer(() -> sessions.findContaining(Json.of(document), scope, LARGE))
                .items()
                .stream()
                .map(Message::sessionId)
                .map(SessionId::value)
                .distinct()
                .sorted()
                .toList();
    }

    /** Returns the ids of the sessions that contain an array of just the document, ascending. */
    static List<String> sessionsWith(SessionStore sessions, String document, SearchScope scope) {
        Json elements = Json.of("[" + document + "]");
        return Expect.answer(() -> sessions.findSessionsContaining(elements, scope, LARGE))
                .items()
                .stream()
                .map(Session::id)
                .map(SessionId::value)
                .sorted()
                .toList();
    }
}
