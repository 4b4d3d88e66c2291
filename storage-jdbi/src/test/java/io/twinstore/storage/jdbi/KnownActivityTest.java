package io.twinstore.storage.jdbi;

import static io.twinstore.storage.jdbi.CombinerTest.SESSION;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When an append may go without a look at the session's last activity. */
class KnownActivityTest {

    private static final Instant NOW = Instant.parse("2026-11-20T09:30:12.345678Z");

    private final KnownActivity known = new KnownActivity();

    private static AppendRequest at(Instant now) {
        return new AppendRequest(SESSION, List.of(), null, null, now);
    }

    @Test
    void itLooksOnceAMinute() {
        assertThat(known.isFresh(at(NOW))).as("never seen").isFalse();
        known.saw(at(NOW), 7, NOW.minusSeconds(60));

        assertThat(known.isFresh(at(NOW))).isTrue();
        assertThat(known.isFresh(at(NOW.plusSeconds(60).minusNanos(1_000)))).isTrue();
        assertThat(known.isFresh(at(NOW.plusSeconds(60)))).as("a minute later").isFalse();
    }

    @Test
    void itLooksWhereTheClockWentBack() {
        known.saw(at(NOW), 7, NOW);

        assertThat(known.isFresh(at(NOW.minusNanos(1_000))))
                .as("the session may be another one by now")
                .isFalse();
    }

    @Test
    void itLooksWhereSequencesBeganAnew() {
        known.saw(at(NOW), 7, NOW);

        assertThat(known.isFresh(at(NOW), 7)).isTrue();
        assertThat(known.isFresh(at(NOW), 6)).as("the session is another one").isFalse();
        known.forget(at(NOW));
        assertThat(known.isFresh(at(NOW), 7)).as("once forgotten").isFalse();
    }
}
