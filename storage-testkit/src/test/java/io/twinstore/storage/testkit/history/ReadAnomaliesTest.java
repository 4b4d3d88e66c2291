package io.twinstore.storage.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.testkit.history.Anomaly.Kind;
import org.junit.jupiter.api.Test;

/** Each way to answer a read badly is found and named, and what only looks like it is not. */
class ReadAnomaliesTest {

    /** Three messages, one after the other: at instants 1 to 2, 11 to 12 and 21 to 22. */
    private static HandMade three() {
        return new HandMade()
                .ok("1/0", 1, 1, 2, 1)
                .ok("1/1", 1, 11, 12, 2)
                .ok("1/2", 1, 21, 22, 3)
                .stands("1/0", "1/1", "1/2");
    }

    private static void clean(HandMade history) {
        assertThat(history.check()).asString().isEqualTo("no anomaly");
    }

    private static void found(Kind kind, HandMade history, String... words) {
        HistoryReport report = history.check();
        assertThat(report.kinds()).as(report.toString()).containsExactly(kind);
        assertThat(report.examples().get(0).message()).contains(words);
    }

    @Test
    void honestReads() {
        clean(three().read(30, 31, 0, "1/0", "1/1", "1/2").read(32, 33, 3));
        clean(three().read(13, 20, 1, "1/1"));
        clean(three().page(30, 31, 0, 1, "1/0").page(31, 32, 1, 2, "1/1"));
    }

    @Test
    void readMaySeeWhatIsUnderWay() {
        clean(three().read(11, 21, 0, "1/0", "1/1", "1/2").read(11, 11, 0, "1/0"));
    }

    @Test
    void readSkips() {
        found(
                Kind.SKIPPED,
                three().page(30, 31, 0, 2, "1/1", "1/2"),
                "shows message 1/1 at 2 next after sequence 0");
    }

    @Test
    void readShowsTwiceOrBackwards() {
        found(Kind.DOUBLED, three().page(30, 31, 2, 2, "1/1"), "next after sequence 2");
        found(Kind.REORDERED, three().page(30, 31, 2, 1, "1/0"), "next after sequence 2");
    }

    @Test
    void readInvents() {
        found(Kind.INVENTED, three().page(30, 31, 2, 3, "4/4"), "nobody appended");
        found(Kind.INVENTED, three().page(30, 31, 2, 3, "?"), "a message of no client at 3");
        found(Kind.INVENTED, three().page(5, 6, 1, 2, "1/1"), "was appended later");
    }

    @Test
    void readShowsWhatIsNotThereInTheEnd() {
        found(
                Kind.LOST,
                three().killed("2/0", 1, 1).page(30, 31, 3, 4, "2/0"),
                "message 2/0 at 4, which is not there in the end");
    }

    @Test
    void readShowsAnotherPlace() {
        found(Kind.WRONG_SEQUENCE, three().page(30, 31, 0, 1, "1/1"), "in the end stands at 2");
    }

    @Test
    void readMissesWhatWasAcknowledged() {
        found(
                Kind.STALE,
                three().read(13, 14, 0, "1/0"),
                "up to 1 misses what was known",
                "client 1's append of 1/1");
        found(Kind.STALE, three().read(30, 31, 2), "append of 1/2");
    }

    @Test
    void readGoesBack() {
        HandMade history = three().killed("2/0", 1, 1).killed("2/1", 1, 1).stands("2/0", "2/1");
        found(
                Kind.STALE,
                history.read(30, 31, 3, "2/0", "2/1").read(32, 33, 3, "2/0"),
                "client 99's read after 3 [30, 31] of 2 messages up to 5");
    }

    @Test
    void fullPageNeedNotShowAll() {
        clean(three().page(30, 31, 0, 1, "1/0"));
    }

    /** What was read is there, be its append acknowledged or not. */
    @Test
    void appendAfterAReadStandsBehindWhatWasRead() {
        found(
                Kind.REORDERED,
                new HandMade()
                        .killed("1/0", 1, 1)
                        .ok("2/0", 1, 20, 21, 1)
                        .stands("2/0", "1/0")
                        .page(10, 11, 1, 2, "1/0"),
                "1/0 at 2 stands behind 2/0");
    }
}
