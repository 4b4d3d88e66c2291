package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.ClauseContext.START;
import static io.twinstore.storage.testkit.Deeds.answers;
import static io.twinstore.storage.testkit.Deeds.changing;
import static io.twinstore.storage.testkit.Deeds.given;
import static io.twinstore.storage.testkit.Deeds.insteadOf;
import static io.twinstore.storage.testkit.Deeds.misreports;
import static io.twinstore.storage.testkit.Deeds.with;
import static io.twinstore.storage.testkit.Deeds.withEach;
import static io.twinstore.storage.testkit.Saboteur.sessions;

import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.Appended;
import io.twinstore.storage.ConflictException;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Json;
import io.twinstore.storage.Message;
import io.twinstore.storage.NotFoundException;
import io.twinstore.storage.Session;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStatus;
import io.twinstore.storage.SessionUpdate;
import io.twinstore.storage.Transcript;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Breaks what {@link AppendClauses} check. */
final class AppendSaboteurs {

    private AppendSaboteurs() {}

    static List<Saboteur> all() {
        return Stream.of(sequences(), bodies(), bounds()).flatMap(List::stream).toList();
    }

    /** Answers like an append that was done, first in its session. */
    static Object pretended(Call call) {
        return new Appended(call.arg(SessionId.class), 1, call.arg(List.class).size(), false);
    }

    /** Appends nothing but this part of the messages. */
    static Interceptor part(UnaryOperator<List<?>> part) {
        return call -> call.proceedWith(part.apply(call.arg(List.class)));
    }

    private static Interceptor reading(UnaryOperator<Message> change) {
        return changing(
                result ->
                        result instanceof Transcript whole
                                ? new Transcript(
                                        whole.sessionId(),
                                        whole.messages().stream().map(change).toList())
                                : change.apply((Message) result));
    }

    private static Interceptor readingText(UnaryOperator<String> change) {
        return reading(m -> (Message) with(m, "body", Json.of(change.apply(m.body().text()))));
    }

    private static Interceptor readingEach(String component, @Nullable Object value) {
        return reading(m -> (Message) with(m, component, value));
    }

    private static List<Saboteur> sequences() {
        return List.of(
                sessions("APP-SEQ-001", "append", "counts from 0", shifted(-1)),
                sessions(
                        "APP-SEQ-001",
                        "append",
                        "loses the last message of a batch",
                        part(m -> m.size() > 1 ? m.subList(0, m.size() - 1) : m)),
                sessions(
                        "APP-SEQ-002",
                        "append",
                        "turns a batch around",
                        part(m -> Deeds.reversed(List.copyOf(m)))),
                sessions(
                        "APP-SEQ-003",
                        "find",
                        "counts batches, not messages",
                        answers("messageCount", 2L)),
                sessions(
                        "APP-SEQ-003",
                        "find",
                        "does not note the last message",
                        answers("lastMessageAt", null)),
                sessions(
                        "APP-SEQ-004",
                        "append",
                        "moves the version with an append",
                        call -> {
                            SessionId id = call.arg(SessionId.class);
                            call.sessions().update(id, SessionUpdate.nothing());
                            return call.proceed();
                        }),
                sessions(
                        "APP-SEQ-005",
                        "find",
                        "takes an append for no activity",
                        answers("lastActivityAt", START)),
                sessions(
                        "APP-SEQ-006",
                        "transcript",
                        "takes another clock",
                        readingEach("createdAt", Instant.EPOCH)),
                sessions(
                        "APP-SEQ-007",
                        "transcript",
                        "orders by instant",
                        changing(AppendSaboteurs::byInstant)),
                sessions(
                        "APP-SEQ-008",
                        "append",
                        "drops what comes after completion",
                        call -> isCompleted(call) ? pretended(call) : call.proceed()),
                sessions("APP-SEQ-009", "append", "counts across sessions", shifted(3)));
    }

    private static Interceptor shifted(long by) {
        return call -> withEach(call.proceed(), "firstSequence", first -> plus(first, by));
    }

    private static long plus(@Nullable Object number, long by) {
        return (number instanceof Long value ? value : 0) + by;
    }

    private static Object byInstant(Object transcript) {
        Transcript whole = (Transcript) transcript;
        return new Transcript(
                whole.sessionId(),
                whole.messages().stream()
                        .sorted(Comparator.comparing(Message::createdAt))
                        .toList());
    }

    private static boolean isCompleted(Call call) {
        Session session = call.sessions().get(call.arg(SessionId.class));
        return session.status() == SessionStatus.COMPLETED;
    }

    private static List<Saboteur> bodies() {
        return List.of(
                sessions(
                        "APP-BODY-001",
                        "transcript",
                        "writes numbers its own way",
                        readingText(text -> text.replace("1e3", "1000.0"))),
                sessions(
                        "APP-BODY-001",
                        "transcript",
                        "drops what its database does not take",
                        readingText(text -> text.replace("\\u0000", ""))),
                sessions(
                        "APP-BODY-001",
                        "transcript",
                        "keeps one of two members of the same name",
                        readingText(text -> text.replace("\"a\":1,\"a\":2", "\"a\":2"))),
                sessions(
                        "APP-BODY-002",
                        "transcript",
                        "cuts long bodies",
                        readingText(text -> text.length() > 100_000 ? "\"cut\"" : text)),
                sessions(
                        "APP-BODY-003",
                        "transcript",
                        "flattens deep bodies",
                        readingText(text -> "[]")),
                sessions(
                        "APP-ROLE-001",
                        "lastMessages",
                        "takes every message for a user's",
                        readingEach("role", "user")),
                sessions(
                        "APP-ROLE-001",
                        "lastMessages",
                        "never says the role",
                        readingEach("role", null)),
                sessions(
                        "APP-ROLE-002",
                        "lastMessages",
                        "drops what its database does not take",
                        readingText(text -> text.replace("\\u0000", ""))));
    }

    private static List<Saboteur> bounds() {
        return List.of(
                sessions(
                        "APP-SIZE-001",
                        "append",
                        "takes any number of messages",
                        insteadOf(InvalidValueException.class, AppendSaboteurs::pretended)),
                sessions(
                        "APP-SIZE-001",
                        "append",
                        "writes what fits before it refuses",
                        AppendSaboteurs::writeAndRefuse),
                sessions(
                        "APP-SIZE-002",
                        "append",
                        "cuts a large batch",
                        part(m -> m.subList(0, Math.min(m.size(), 9_999)))),
                sessions(
                        "APP-EXPECT-001",
                        "append",
                        "does nothing where a sequence is expected",
                        call ->
                                call.arg(AppendOptions.class).expectedLastSequence() == null
                                        ? call.proceed()
                                        : pretended(call)),
                sessions(
                        "APP-EXPECT-002",
                        "append",
                        "ignores the expected sequence",
                        given(AppendOptions.class, AppendSaboteurs::expectingNothing)),
                sessions(
                        "APP-EXPECT-002",
                        "append",
                        "reports a conflict as a fault of the database",
                        misreports(ConflictException.class)),
                sessions(
                        "APP-EXPECT-003",
                        "append",
                        "takes messages for no session",
                        insteadOf(NotFoundException.class, AppendSaboteurs::pretended)),
                sessions(
                        "APP-EXPECT-003",
                        "append",
                        "looks at the expectation before the session",
                        insteadOf(NotFoundException.class, AppendSaboteurs::refuseExpectation)));
    }

    static AppendOptions expectingNothing(AppendOptions options) {
        return new AppendOptions(null, options.idempotencyKey(), options.fencingToken());
    }

    private static @Nullable Object writeAndRefuse(Call call) throws Throwable {
        try {
            return call.proceed();
        } catch (InvalidValueException e) {
            call.sessions().append(call.arg(SessionId.class), AppendClauses.batch(1).get(0));
            throw e;
        }
    }

    private static Object refuseExpectation(Call call) {
        String id = call.arg(SessionId.class).value();
        String expected = call.arg(AppendOptions.class).toString();
        throw new ConflictException(ConflictException.Reason.SEQUENCE, id, expected, "0");
    }
}
