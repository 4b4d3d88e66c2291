package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.ClauseContext.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.Appended;
import io.twinstore.storage.ConflictException;
import io.twinstore.storage.Json;
import io.twinstore.storage.Message;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.Session;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStatus;
import io.twinstore.storage.SessionUpdate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Appends: sequences, bodies, roles, instants, and what is expected of the transcript. */
final class AppendClauses {

    static List<NewMessage> batch(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> NewMessage.user("message " + i))
                .toList();
    }

    private static List<Message> transcript(ClauseContext given, SessionId id) {
        return given.sessions().transcript(id).messages();
    }

    @Clause(id = "APP-SEQ-001")
    void sequencesAreConsecutive(ClauseContext given) {
        SessionId id = given.session().id();

        Expect.same(
                given.sessions().append(id, NewMessage.user("one")), new Appended(id, 1, 1, false));
        Expect.same(
                given.sessions().append(id, batch(3), AppendOptions.plain()),
                new Appended(id, 2, 4, false));
        assertThat(transcript(given, id))
                .extracting(Message::sequence)
                .containsExactly(1L, 2L, 3L, 4L);
    }

    @Clause(id = "APP-SEQ-002")
    void batchKeepsItsOrder(ClauseContext given) {
        SessionId id = given.session().id();
        List<NewMessage> messages = batch(50);

        given.sessions().append(id, messages, AppendOptions.plain());

        assertThat(transcript(given, id))
                .extracting(message -> message.body().text())
                .isEqualTo(messages.stream().map(message -> message.body().text()).toList());
    }

    @Clause(id = "APP-SEQ-003")
    void sessionShowsItsTranscript(ClauseContext given) {
        Session before = given.session();
        given.sessions().append(before.id(), batch(3), AppendOptions.plain());
        Instant now = given.clock().move(Duration.ofSeconds(10));
        given.sessions().append(before.id(), batch(2), AppendOptions.plain());

        Session found = given.sessions().get(before.id());
        assertThat(found.lastSequence()).as("last sequence").isEqualTo(5);
        assertThat(found.messageCount()).as("messages").isEqualTo(5);
        assertThat(found.lastMessageAt()).as("last message at").isEqualTo(now);
    }

    @Clause(id = "APP-SEQ-004")
    void recordStaysAsItIs(ClauseContext given) {
        Session before = given.session();
        given.clock().move(Duration.ofMinutes(5));
        given.sessions().append(before.id(), NewMessage.user("Hello"));

        Session found = given.sessions().get(before.id());
        assertThat(found.version()).as("version").isEqualTo(before.version());
        assertThat(found.updatedAt()).as("updated at").isEqualTo(before.updatedAt());
    }

    @Clause(id = "APP-SEQ-005")
    void activityFollowsWithinAMinute(ClauseContext given) {
        SessionId id = given.session().id();
        for (int seconds : new int[] {30, 45, 61, 3_600}) {
            Instant now = given.clock().move(Duration.ofSeconds(seconds));
            given.sessions().append(id, NewMessage.user("Hello"));

            assertThat(given.sessions().get(id).lastActivityAt())
                    .as("last activity")
                    .isBetween(now.minusSeconds(60), now);
        }
    }

    @Clause(id = "APP-SEQ-006")
    void instantIsTheClocks(ClauseContext given) {
        SessionId id = given.session().id();
        Instant now = given.clock().move(Duration.ofSeconds(7));
        given.sessions().append(id, batch(2), AppendOptions.plain());

        assertThat(transcript(given, id))
                .extracting(Message::createdAt)
                .as("created at")
                .containsExactly(now, now);
    }

    @Clause(id = "APP-SEQ-007")
    void clockThatJumpsBackKeepsTheOrder(ClauseContext given) {
        SessionId id = given.session().id();
        given.sessions().append(id, NewMessage.user("first"));
        given.clock().set(START.minus(Duration.ofDays(1)));
        given.sessions().append(id, NewMessage.user("second"));

        assertThat(transcript(given, id))
                .extracting(message -> message.body().at("/content").orElseThrow().text())
                .containsExactly("\"first\"", "\"second\"");
        assertThat(given.sessions().get(id).lastActivityAt()).as("last activity").isEqualTo(START);
    }

    @Clause(id = "APP-SEQ-008")
    void completedSessionTakesMore(ClauseContext given) {
        SessionId id = given.session().id();
        given.sessions().update(id, SessionUpdate.nothing().status(SessionStatus.COMPLETED));

        given.sessions().append(id, NewMessage.user("one more"));

        assertThat(transcript(given, id)).as("messages").hasSize(1);
    }

    @Clause(id = "APP-SEQ-009")
    void sessionsAreApart(ClauseContext given) {
        SessionId one = given.session().id();
        SessionId two = given.session().id();
        given.sessions().append(one, batch(3), AppendOptions.plain());

        assertThat(given.sessions().append(two, NewMessage.user("a")).firstSequence()).isEqualTo(1);
        assertThat(transcript(given, one)).as("messages of one").hasSize(3);
        assertThat(transcript(given, two)).as("messages of the other").hasSize(1);
    }

    @Clause(id = "APP-BODY-001")
    void bodiesAreByteForByte(ClauseContext given) {
        SessionId id = given.session().id();
        List<NewMessage> messages = Samples.BODIES.stream().map(NewMessage::of).toList();

        given.sessions().append(id, messages, AppendOptions.plain());

        assertThat(transcript(given, id))
                .extracting(message -> message.body().text())
                .isEqualTo(Samples.BODIES);
    }

    @Clause(id = "APP-BODY-002")
    void bodiesMayBeLarge(ClauseContext given) {
        SessionId id = given.session().id();
        String body = "{\"content\":\"" + ("x\\n" + Samples.EMOJI).repeat(150_000) + "\"}";

        given.sessions().append(id, NewMessage.of(body));

        assertThat(transcript(given, id).get(0).body().text().equals(body))
                .as("a body of 1 MB comes back as it was")
                .isTrue();
    }

    @Clause(id = "APP-BODY-003")
    void bodiesMayBeDeep(ClauseContext given) {
        SessionId id = given.session().id();
        String body = "[".repeat(Json.MAX_DEPTH) + "]".repeat(Json.MAX_DEPTH);

        given.sessions().append(id, NewMessage.of(body));

        assertThat(transcript(given, id).get(0).body().text()).isEqualTo(body);
    }

    @Clause(id = "APP-ROLE-001")
    void roleIsReadFromTheBody(ClauseContext given) {
        SessionId id = given.session().id();
        hasRole(given, id, "{\"role\":\"user\",\"content\":\"a\\u0000b\"}", "user");
        hasRole(given, id, "{\"role\":\"a\",\"role\":\"b\"}", "b");
        hasRole(
                given,
                id,
                "{\"role\":\"Mod\\u00e9rateur " + Samples.EMOJI + "\"}",
                "Mod\u00E9rateur " + Samples.EMOJI);
        hasRole(given, id, "{\"content\":\"none\"}", null);
        hasRole(given, id, "{\"role\":7}", null);
        hasRole(given, id, "{\"role\":null}", null);
        hasRole(given, id, "{\"inner\":{\"role\":\"user\"}}", null);
        hasRole(given, id, "[{\"role\":\"user\"}]", null);
        hasRole(given, id, "\"role\"", null);
    }

    private static void hasRole(
            ClauseContext given, SessionId id, String body, @Nullable String role) {
        given.sessions().append(id, NewMessage.of(body));
        Message last = given.sessions().lastMessages(id, 1).get(0);
        assertThat(last.role()).as("role of %s", body).isEqualTo(role);
        assertThat(last.body().text()).isEqualTo(body);
    }

    @Clause(id = "APP-ROLE-002")
    void roleThatCannotBeStoredLosesNothing(ClauseContext given) {
        SessionId id = given.session().id();
        for (String body :
                List.of("{\"role\":\"a\\u0000b\"}", "{\"role\":\"a\\ud800\"}", "{\"role\":\"\"}")) {
            given.sessions().append(id, NewMessage.of(body));

            assertThat(given.sessions().lastMessages(id, 1).get(0).body().text()).isEqualTo(body);
        }
    }

    @Clause(id = "APP-SIZE-001")
    void boundsTheBatch(ClauseContext given) {
        SessionId id = given.session().id();
        NewMessage message = NewMessage.of("1");

        Expect.refused(
                "messages", () -> given.sessions().append(id, List.of(), AppendOptions.plain()));
        Expect.refused(
                "messages",
                () ->
                        given.sessions()
                                .append(
                                        id,
                                        Collections.nCopies(10_001, message),
                                        AppendOptions.plain()));
        assertThat(transcript(given, id)).as("what was written").isEmpty();
    }

    @Clause(id = "APP-SIZE-002")
    void takesTheLargestBatch(ClauseContext given) {
        SessionId id = given.session().id();

        Appended appended =
                given.sessions()
                        .append(
                                id,
                                Collections.nCopies(10_000, NewMessage.of("1")),
                                AppendOptions.plain());

        assertThat(appended.lastSequence()).as("last sequence").isEqualTo(10_000);
        assertThat(given.sessions().get(id).messageCount()).as("messages").isEqualTo(10_000);
        assertThat(given.sessions().lastMessages(id, 1))
                .as("the last message")
                .extracting(Message::sequence)
                .containsExactly(10_000L);
    }

    @Clause(id = "APP-EXPECT-001")
    void acceptsExpectedSequence(ClauseContext given) {
        SessionId id = given.session().id();
        given.sessions().append(id, batch(2), AppendOptions.expectEmpty());
        given.sessions().append(id, batch(2), AppendOptions.expectSequence(2));

        assertThat(given.sessions().get(id).lastSequence()).as("last sequence").isEqualTo(4);
    }

    @Clause(id = "APP-EXPECT-002")
    void refusesOtherSequence(ClauseContext given) {
        SessionId id = given.session().id();
        given.sessions().append(id, batch(2), AppendOptions.plain());

        for (long expected : new long[] {0, 1, 3}) {
            AppendOptions options = AppendOptions.expectSequence(expected);
            Expect.conflict(
                    ConflictException.Reason.SEQUENCE,
                    expected,
                    2,
                    () -> given.sessions().append(id, batch(1), options));
        }
        assertThat(transcript(given, id)).as("messages").hasSize(2);
    }

    @Clause(id = "APP-EXPECT-003")
    void unknownSessionIsNotFound(ClauseContext given) {
        SessionId unknown = given.sessionId();

        for (AppendOptions options :
                List.of(
                        AppendOptions.plain(),
                        AppendOptions.expectEmpty(),
                        AppendOptions.expectSequence(3),
                        AppendOptions.once("key"))) {
            Expect.notFound(
                    "session", unknown, () -> given.sessions().append(unknown, batch(1), options));
        }
    }
}
