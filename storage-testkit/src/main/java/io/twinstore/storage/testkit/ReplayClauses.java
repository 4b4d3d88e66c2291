package io.twinstore.storage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.Appended;
import io.twinstore.storage.ConflictException;
import io.twinstore.storage.Message;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NotFoundException;
import io.twinstore.storage.SessionId;
import java.util.List;
import java.util.stream.Stream;

/** Appends with an idempotency key, and the order in which an append is decided. */
final class ReplayClauses {

    private static final AppendOptions ONCE = AppendOptions.once("key " + Samples.EMOJI);

    private static void hasMessages(ClauseContext given, SessionId id, int count) {
        assertThat(given.sessions().transcript(id).messages())
                .extracting(Message::sequence)
                .as("sequences")
                .isEqualTo(Stream.iterate(1L, i -> i + 1).limit(count).toList());
        assertThat(given.sessions().get(id).lastSequence()).as("last sequence").isEqualTo(count);
    }

    @Clause(id = "APP-KEY-001")
    void replayReturnsTheFirstResult(ClauseContext given) {
        SessionId id = given.session().id();
        given.sessions().append(id, NewMessage.user("before"));

        Appended first = given.sessions().append(id, AppendClauses.batch(3), ONCE);
        given.sessions().append(id, NewMessage.user("after"));
        Appended again = given.sessions().append(id, AppendClauses.batch(3), ONCE);

        Expect.same(first, new Appended(id, 2, 4, false));
        Expect.same(again, new Appended(id, 2, 4, true));
        hasMessages(given, id, 5);
    }

    @Clause(id = "APP-KEY-002")
    void replayIsByMeaning(ClauseContext given) {
        SessionId id = given.session().id();
        given.sessions().append(id, List.of(NewMessage.of("{\"a\":1e2,\"b\":\"\\u0041\"}")), ONCE);

        Appended again =
                given.sessions()
                        .append(id, List.of(NewMessage.of("{ \"b\" : \"A\", \"a\":100.0 }")), ONCE);

        Expect.same(again, new Appended(id, 1, 1, true));
        assertThat(given.sessions().transcript(id).toJsonArray())
                .as("the text that came first")
                .isEqualTo("[{\"a\":1e2,\"b\":\"\\u0041\"}]");
    }

    @Clause(id = "APP-KEY-003")
    void otherContentConflicts(ClauseContext given) {
        SessionId id = given.session().id();
        given.sessions().append(id, AppendClauses.batch(2), ONCE);

        for (List<NewMessage> other :
                List.of(
                        AppendClauses.batch(1),
                        AppendClauses.batch(3),
                        List.of(NewMessage.user("message 1"), NewMessage.user("message 2 ")),
                        List.of(NewMessage.user("message 2"), NewMessage.user("message 1")))) {
            Expect.conflict(
                    ConflictException.Reason.IDEMPOTENCY,
                    () -> given.sessions().append(id, other, ONCE));
        }
        hasMessages(given, id, 2);
    }

    @Clause(id = "APP-KEY-004")
    void keysAreTheSessionsOwn(ClauseContext given) {
        SessionId one = given.session().id();
        SessionId two = given.session().id();
        given.sessions().append(one, AppendClauses.batch(2), ONCE);

        Appended other = given.sessions().append(two, AppendClauses.batch(3), ONCE);

        Expect.same(other, new Appended(two, 1, 3, false));
        hasMessages(given, one, 2);
        hasMessages(given, two, 3);
    }

    @Clause(id = "APP-KEY-005")
    void keysAreComparedByCodePoint(ClauseContext given) {
        SessionId id = given.session().id();
        int expected = 0;
        for (String key : List.of("Key", "key", "key ", "k%y", "\u00E9", "e\u0301")) {
            expected++;
            Appended appended =
                    given.sessions().append(id, AppendClauses.batch(1), AppendOptions.once(key));
            assertThat(appended.replayed()).as("replayed by '%s'", key).isFalse();
        }
        hasMessages(given, id, expected);
    }

    @Clause(id = "APP-KEY-006")
    void failedAppendLeavesTheKeyFree(ClauseContext given) {
        SessionId id = given.session().id();
        Expect.conflict(
                ConflictException.Reason.SEQUENCE,
                () ->
                        given.sessions()
                                .append(
                                        id,
                                        AppendClauses.batch(1),
                                        AppendOptions.expectSequence(9).withKey("key")));

        Appended appended =
                given.sessions().append(id, AppendClauses.batch(2), AppendOptions.once("key"));

        Expect.same(appended, new Appended(id, 1, 2, false));
        hasMessages(given, id, 2);
    }

    @Clause(id = "APP-ORDER-001")
    void existenceComesBeforeReplay(ClauseContext given) {
        SessionId id = given.session().id();
        given.sessions().append(id, AppendClauses.batch(2), ONCE);
        given.sessions().delete(id);

        Expect.thrown(
                NotFoundException.class,
                () -> given.sessions().append(id, AppendClauses.batch(2), ONCE));
    }

    @Clause(id = "APP-ORDER-002")
    void replayComesBeforeExpectation(ClauseContext given) {
        SessionId id = given.session().id();
        AppendOptions options = AppendOptions.expectEmpty().withKey("key");
        given.sessions().append(id, AppendClauses.batch(2), options);
        given.sessions().append(id, NewMessage.user("after"));

        Appended again = given.sessions().append(id, AppendClauses.batch(2), options);

        Expect.same(again, new Appended(id, 1, 2, true));
        hasMessages(given, id, 3);
    }

    @Clause(id = "APP-ORDER-003")
    void keyConflictComesBeforeExpectation(ClauseContext given) {
        SessionId id = given.session().id();
        given.sessions().append(id, AppendClauses.batch(2), ONCE);

        Expect.conflict(
                ConflictException.Reason.IDEMPOTENCY,
                () ->
                        given.sessions()
                                .append(
                                        id,
                                        AppendClauses.batch(1),
                                        ONCE.withKey("key " + Samples.EMOJI)));
        Expect.conflict(
                ConflictException.Reason.IDEMPOTENCY,
                () ->
                        given.sessions()
                                .append(
                                        id,
                                        AppendClauses.batch(1),
                                        AppendOptions.expectSequence(7)
                                                .withKey("key " + Samples.EMOJI)));
        hasMessages(given, id, 2);
    }
}
