package io.twinstore.storage.integration;

import static io.twinstore.storage.AppendOptions.fenced;
import static io.twinstore.storage.AppendOptions.once;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinstore.storage.ConfigId;
import io.twinstore.storage.ConflictException;
import io.twinstore.storage.Json;
import io.twinstore.storage.Message;
import io.twinstore.storage.MessageRange;
import io.twinstore.storage.NewConfig;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.Page;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.Replaced;
import io.twinstore.storage.SearchScope;
import io.twinstore.storage.Session;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionLease;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.Storage;
import io.twinstore.storage.testkit.StorageHarness;
import io.twinstore.storage.testkit.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What docs/hosts.md and docs/containment.md show of sessions, on both databases. */
class SessionGuideTest {

    private static final ConfigId BOT = ConfigId.of("support-bot");

    @SuppressWarnings("NullAway.Init") // each test opens what it is given
    private TestDatabase database;

    @SuppressWarnings("NullAway.Init")
    private Storage storage;

    static Stream<StorageHarness> harnesses() {
        return Stream.of(new SqliteHarness(), new PostgresHarness());
    }

    private SessionStore open(StorageHarness harness) {
        database = harness.newDatabase();
        storage = Storage.open(database.options());
        return storage.sessions();
    }

    @AfterEach
    void close() {
        storage.close();
        database.close();
    }

    private SessionId newSession() {
        storage.configs().create(NewConfig.named("support bot").id(BOT));
        return storage.sessions().create(NewSession.on(BOT)).id();
    }

    @ParameterizedTest
    @MethodSource("harnesses")
    void aLeaseGuardsASession(StorageHarness harness) {
        SessionStore sessions = open(harness);
        SessionId session = newSession();
        // region lease
        SessionLease lease = sessions.acquire(session, "worker-7", Duration.ofSeconds(30));
        sessions.append(
                session, List.of(NewMessage.assistant("Looking it up")), fenced(lease.token()));
        lease = sessions.renew(lease, Duration.ofSeconds(30)); // while the work goes on
        sessions.release(lease);
        // endregion
        long released = lease.token();
        assertThatThrownBy(
                        () ->
                                sessions.append(
                                        session,
                                        List.of(NewMessage.assistant("Found it")),
                                        fenced(released)))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("stale");
        assertThat(sessions.transcript(session).messages()).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("harnesses")
    void aWindowKeepsCallsWithTheirResults(StorageHarness harness) {
        SessionStore sessions = open(harness);
        SessionId session = newSession();
        sessions.append(session, NewMessage.user("What time is it?"));
        sessions.append(
                session,
                NewMessage.of("{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"call_1\"}]}"));
        for (int i = 0; i < 19; i++) {
            sessions.append(session, NewMessage.user("Hello?"));
        }
        sessions.append(session, NewMessage.of("{\"role\":\"tool\",\"tool_call_id\":\"call_1\"}"));
        // region window
        List<Message> context = sessions.window(session, 20);
        // endregion
        assertThat(context).hasSize(21);
        assertThat(context.get(0).sequence()).isEqualTo(2);
    }

    @ParameterizedTest
    @MethodSource("harnesses")
    void whatContainsSomethingIsFound(StorageHarness harness) {
        SessionStore sessions = open(harness);
        SessionId session = newSession();
        sessions.append(session, NewMessage.of("{\"role\":\"tool\",\"error\":true}"));
        sessions.append(session, NewMessage.user("What went wrong?"));
        // region containing
        Page<Message> failures =
                sessions.findContaining(
                        Json.of("{\"role\":\"tool\",\"error\":true}"),
                        SearchScope.all(),
                        PageRequest.first());
        Page<Session> discussed =
                sessions.findSessionsContaining(
                        Json.of("[{\"error\":true},{\"role\":\"user\"}]"),
                        SearchScope.all(),
                        PageRequest.first());
        // endregion
        assertThat(failures.items()).extracting(Message::sequence).containsExactly(1L);
        assertThat(discussed.items()).extracting(Session::id).containsExactly(session);
    }

    @ParameterizedTest
    @MethodSource("harnesses")
    void aTranscriptIsHandedOverWhole(StorageHarness harness) {
        SessionStore sessions = open(harness);
        SessionId session = newSession();
        // region replace
        List<NewMessage> conversation = new ArrayList<>(List.of(NewMessage.user("Hello")));
        sessions.replaceTranscript(session, conversation, once("turn-1"));
        conversation.add(NewMessage.assistant("How can I help?"));
        Replaced went = sessions.replaceTranscript(session, conversation, once("turn-2"));
        // endregion
        assertThat(went).isEqualTo(new Replaced(session, 0, 2, 2, false, false));
        assertThat(sessions.replaceTranscript(session, conversation, once("turn-2")).replayed())
                .isTrue();
        conversation.remove(0);
        sessions.replaceTranscript(session, conversation, once("turn-3"));
        Session now = sessions.get(session);
        assertThat(now.baseSequence()).isEqualTo(2);
        assertThat(
                        sessions.messages(
                                        session,
                                        MessageRange.after(now.baseSequence()),
                                        PageRequest.ofSize(10))
                                .items())
                .isEqualTo(sessions.transcript(session).messages())
                .hasSize(1);
    }
}
