package io.twinstore.storage.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinstore.storage.SessionId;
import io.twinstore.storage.testkit.history.Anomaly.Kind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Each way to treat an append badly is found and named, and what only looks like it is not. */
class AppendAnomaliesTest {

    private static HandMade history() {
        return new HandMade();
    }

    private static void clean(HandMade history) {
        assertThat(history.check()).asString().isEqualTo("no anomaly");
    }

    /** Asserts that this alone is found, in words that name these. */
    private static void found(Kind kind, HandMade history, String... words) {
        HistoryReport report = history.check();
        assertThat(report.kinds()).as(report.toString()).containsExactly(kind);
        assertThat(report.examples().get(0).message()).contains(words);
    }

    @Test
    void nothingIsWrongWithAnHonestHistory() {
        clean(history());
        clean(
                history()
                        .ok("1/0", 1, 1, 2, 1)
                        .ok("2/0", 3, 1, 9, 2)
                        .failed("1/1", 2, 3, 4)
                        .ok("1/3", 1, 5, 6, 5)
                        .stands("1/0", "2/0", "2/1", "2/2", "1/3"));
    }

    @Test
    void lostMessage() {
        found(
                Kind.LOST,
                history().ok("1/0", 1, 1, 2, 1).ok("1/1", 1, 3, 4, 2).stands("1/0"),
                "1/1 is nowhere",
                "client 1's append of 1/1 [3, 4], acknowledged at 2");
    }

    @Test
    void lostPartOfABatch() {
        found(Kind.LOST, history().ok("1/0", 3, 1, 2, 1).stands("1/0", "1/1"), "1/2 is nowhere");
    }

    @Test
    void unknownOutcomeMayBeThereOrNot() {
        clean(history().unknown("1/0", 2, 1, 2).ok("1/2", 1, 3, 4, 1).stands("1/2"));
        clean(history().unknown("1/0", 2, 1, 2).ok("1/2", 1, 3, 4, 3).stands("1/0", "1/1", "1/2"));
        clean(history().killed("1/0", 1, 1).stands("1/0"));
    }

    @Test
    void unknownOutcomeMayComeLate() {
        clean(history().unknown("1/0", 1, 1, 2).ok("1/1", 1, 3, 4, 1).stands("1/1", "1/0"));
    }

    @Test
    void doubledMessage() {
        found(
                Kind.DOUBLED,
                history().ok("1/0", 1, 1, 2, 1).stands("1/0", "1/0"),
                "message 1/0 at 2 stands at 1 already");
    }

    @Test
    void unknownOutcomeAppliedTwice() {
        found(
                Kind.DOUBLED,
                history()
                        .keyed("1/0", 1, 1, 2, AppendOutcome.unknown())
                        .keyed("1/0", 1, 3, 4, AppendOutcome.unknown())
                        .stands("1/0", "1/0"),
                "with unknown outcome; client 1's append");
    }

    @Test
    void tornBatch() {
        found(Kind.TORN, history().unknown("1/0", 3, 1, 2).stands("1/0", "1/1"), "1/2 is nowhere");
        found(Kind.TORN, history().killed("1/0", 2, 1).stands("1/1"), "1/0 is nowhere");
    }

    @Test
    void batchTurnedAround() {
        found(
                Kind.REORDERED,
                history().ok("1/0", 2, 1, 2, 1).stands("1/1", "1/0"),
                "1/0 stands at 2, 1/1 stands at 1");
    }

    @Test
    void batchMixedWithAnother() {
        found(
                Kind.REORDERED,
                history()
                        .unknown("1/0", 2, 1, 2)
                        .unknown("2/0", 1, 1, 2)
                        .stands("1/0", "2/0", "1/1"),
                "not in one run");
    }

    @Test
    void clientsOwnOrder() {
        HandMade swapped = history().ok("1/0", 1, 1, 2, 2).ok("1/1", 1, 3, 4, 1);
        found(Kind.REORDERED, swapped.stands("1/1", "1/0"), "1/0 at 2 stands behind 1/1");
    }

    @Test
    void realTimeOrder() {
        found(
                Kind.REORDERED,
                history().ok("1/0", 1, 1, 4, 2).ok("2/0", 1, 5, 6, 1).stands("2/0", "1/0"),
                "[1, 4]",
                "[5, 6]");
    }

    @Test
    void overlappingAppendsMayStandInEitherOrder() {
        clean(history().ok("1/0", 1, 1, 5, 2).ok("2/0", 1, 5, 6, 1).stands("2/0", "1/0"));
    }

    @Test
    void inventedMessage() {
        HandMade history = history().ok("1/0", 1, 1, 2, 1).stands("1/0", "1/7");
        found(Kind.INVENTED, history, "message 1/7 at 2: nobody appended this here");
    }

    @Test
    void changedMessage() {
        HandMade history = history().unknown("1/0", 1, 1, 2).stands("?");
        found(Kind.INVENTED, history, "a message of no client at 1");
    }

    @Test
    void abortedButVisible() {
        HandMade history = history().failed("1/0", 1, 1, 2).ok("1/1", 1, 3, 4, 2);
        found(
                Kind.ABORTED_BUT_VISIBLE,
                history.stands("1/0", "1/1"),
                "1/0 stands at 1",
                "failed for certain");
    }

    @Test
    void failedRetryOfAnUnknownOneMayBeThere() {
        clean(
                history()
                        .keyed("1/0", 1, 1, 2, AppendOutcome.unknown())
                        .keyed("1/0", 1, 3, 4, AppendOutcome.failed())
                        .stands("1/0"));
    }

    @Test
    void gap() {
        found(
                Kind.GAP,
                history()
                        .ok("1/0", 1, 1, 2, 1)
                        .ok("1/1", 1, 3, 4, 3)
                        .stands("1/0")
                        .standsFrom(3, "1/1"),
                "between 1 and message 1/1 at 3");
        found(Kind.GAP, history().ok("1/0", 1, 1, 2, 2).standsFrom(2, "1/0"), "between 0");
    }

    @Test
    void transcriptOutOfOrder() {
        HandMade history = history().unknown("1/0", 1, 1, 9).unknown("2/0", 1, 1, 9);
        found(
                Kind.REORDERED,
                history.standsFrom(1, "1/0").standsFrom(2).standsFrom(1, "2/0"),
                "after sequence 1");
    }

    @Test
    void wrongSequence() {
        found(
                Kind.WRONG_SEQUENCE,
                history().ok("1/0", 1, 1, 4, 2).ok("2/0", 1, 1, 4, 2).stands("1/0", "2/0"),
                "1/0 stands at 1",
                "acknowledged at 2");
        found(
                Kind.WRONG_SEQUENCE,
                history().plain("1/0", 2, 1, 2, AppendOutcome.ok(1, 1, false)).stands("1/0", "1/1"),
                "acknowledged at 1");
    }

    @Test
    void ignoredExpectation() {
        HandMade history = history().ok("2/0", 1, 1, 2, 1);
        found(
                Kind.WRONG_SEQUENCE,
                history.expecting(0, "1/0", 3, 4, 2).stands("2/0", "1/0"),
                "not where it was expected",
                "after 0");
        clean(history().ok("2/0", 1, 1, 2, 1).expecting(1, "1/0", 3, 4, 2).stands("2/0", "1/0"));
    }

    @Test
    void replayMayHaveAnotherExpectation() {
        Span later = new Span(3, 4);
        clean(
                history()
                        .attempt("1/0", 1, true, 0, new Span(1, 2), AppendOutcome.unknown())
                        .attempt("1/0", 1, true, 7, later, AppendOutcome.ok(1, 1, true))
                        .stands("1/0"));
        clean(
                history()
                        .ok("2/0", 1, 1, 2, 1)
                        .attempt("1/0", 1, true, 0, new Span(1, 2), AppendOutcome.unknown())
                        .attempt("1/0", 1, true, 1, later, AppendOutcome.ok(2, 2, false))
                        .stands("2/0", "1/0"));
    }

    @Test
    void replayAnswersOtherSequences() {
        found(
                Kind.WRONG_REPLAY,
                history()
                        .keyed("1/0", 2, 1, 2, AppendOutcome.ok(1, 2, false))
                        .keyed("1/0", 2, 3, 4, AppendOutcome.ok(3, 4, true))
                        .stands("1/0", "1/1"),
                "acknowledged at 3..4 as a replay");
    }

    @Test
    void replayThatIsNone() {
        found(
                Kind.WRONG_REPLAY,
                history().keyed("1/0", 1, 1, 2, AppendOutcome.ok(1, 1, true)).stands("1/0"),
                "0 attempts say that they wrote it");
        found(
                Kind.WRONG_REPLAY,
                history()
                        .keyed("1/0", 1, 1, 2, AppendOutcome.ok(1, 1, false))
                        .keyed("1/0", 1, 3, 4, AppendOutcome.ok(1, 1, false))
                        .stands("1/0"),
                "2 attempts say that they wrote it");
    }

    @Test
    void honestReplay() {
        clean(
                history()
                        .keyed("1/0", 2, 1, 2, AppendOutcome.unknown())
                        .ok("2/0", 1, 3, 4, 3)
                        .keyed("1/0", 2, 5, 6, AppendOutcome.ok(1, 2, true))
                        .stands("1/0", "1/1", "2/0"));
    }

    @Test
    void everyAnomalyIsCountedAndTheFirstAreShown() {
        HandMade history = history();
        for (int i = 0; i < 1000; i++) {
            history.ok("1/" + i, 1, 2L * i + 1, 2L * i + 2, i + 1);
        }
        HistoryReport report = history.check();

        assertThat(report.counts()).isEqualTo(Map.of(Kind.LOST, 1000L));
        assertThat(report.examples()).hasSize(10);
        assertThat(report.toString()).startsWith("1000 LOST\n  LOST in session: ");
    }

    @Test
    void malformedHistories() {
        assertThatThrownBy(() -> history().ok("1/0", 2, 1, 2, 1).ok("1/1", 1, 3, 4, 3).check())
                .hasMessage("Two batches share message 1/1.");
        History unread =
                new History(
                        List.of(
                                new AppendOperation(
                                        1,
                                        SessionId.of("other"),
                                        new Batch(1, 0, 1),
                                        false,
                                        AppendOperation.ANY,
                                        new Span(1, 2),
                                        AppendOutcome.failed())),
                        List.of());
        assertThatThrownBy(() -> HistoryChecker.check(unread, Map.of()))
                .hasMessageContaining("other");
        assertThatThrownBy(() -> new Span(2, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
