package io.twinstore.storage.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TimedTest {

    private final List<String> heard = new ArrayList<>();
    private long now;

    private final Timed timed =
            new Timed(
                    new MigrationListener() {
                        @Override
                        public void begins(String table, long rows, long of) {
                            heard.add("begins " + table);
                        }

                        @Override
                        public void sent(String table, long rows) {
                            heard.add("sent " + rows);
                        }

                        @Override
                        public void committed(String table, long rows, long of) {
                            heard.add("committed " + rows);
                        }

                        @Override
                        public void passed(String table, long rows, long of) {
                            heard.add("passed " + rows);
                        }

                        @Override
                        public void compared(String table, long rows) {
                            heard.add("compared " + rows);
                        }

                        @Override
                        public void step(String what) {
                            heard.add("step " + what);
                        }
                    },
                    () -> now);

    private void pass(long millis) {
        now += TimeUnit.MILLISECONDS.toNanos(millis);
    }

    @Test
    void aTableTakesFromItsBeginningToItsLastRow() {
        pass(50);
        timed.begins("t", 400, 1_000);
        pass(100);
        timed.committed("t", 700, 1_000);
        pass(100);
        timed.committed("t", 1_000, 1_000);
        pass(900);
        timed.begins("next", 0, 0);
        assertThat(timed.took("t")).isEqualTo(Duration.ofMillis(200));
        assertThat(timed.moved("t")).isEqualTo(600);
        assertThat(timed.took("next")).isZero();
        assertThat(timed.moved("never")).isZero();
        assertThat(timed.took()).isEqualTo(Duration.ofMillis(1_150));
    }

    @Test
    void aStepTakesUntilTheNextThingBegins() {
        timed.step("snapshot");
        pass(30);
        timed.begins("t", 0, 1);
        pass(1_000);
        timed.step("primary key of t");
        pass(20);
        timed.step("vacuum");
        pass(10);
        assertThat(timed.steps())
                .containsExactly(
                        new MigrationReport.Step("snapshot", Duration.ofMillis(30)),
                        new MigrationReport.Step("primary key of t", Duration.ofMillis(20)),
                        new MigrationReport.Step("vacuum", Duration.ofMillis(10)));
    }

    @Test
    void whatIsToldIsPassedOn() {
        timed.begins("t", 0, 2);
        timed.sent("t", 1);
        timed.committed("t", 2, 2);
        timed.passed("t", 2, 2);
        timed.compared("t", 2);
        timed.step("x");
        assertThat(heard)
                .containsExactly(
                        "begins t", "sent 1", "committed 2", "passed 2", "compared 2", "step x");
        assertThat(Timed.of(timed)).isSameAs(timed);
    }
}
