package io.twinstore.storage.sqlite.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms of times that occur, and what just misses them. */
class LegacyTimeTest {

    @ParameterizedTest
    @CsvSource({
        "2026-02-05 12:34:56.123456+00:00, 2026-02-05T12:34:56.123456Z",
        "2026-02-05 12:34:56+00:00, 2026-02-05T12:34:56Z",
        "2026-02-05T12:34:56.5, 2026-02-05T12:34:56.500Z",
        "2026-02-05T12:34:56Z, 2026-02-05T12:34:56Z",
        "2026-02-05 12:34:56, 2026-02-05T12:34:56Z",
        "2026-02-05 12:34, 2026-02-05T12:34:00Z",
        "2026-02-05, 2026-02-05T00:00:00Z",
        "2026-02-05T14:34:56.123456789+02:00, 2026-02-05T12:34:56.123456Z",
        "2026-02-05T10:34:56-0200, 2026-02-05T12:34:56Z",
        "2024-02-29 00:00:00, 2024-02-29T00:00:00Z",
    })
    void areRead(String text, Instant time) {
        assertThat(LegacyTime.read(Cell.text(text))).contains(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "2024-02-30 00:00:00",
                "2025-02-29",
                "2026-02-05 24:00:00",
                "2026-02-05 12:34:60",
                "2026-02-05 12:34:56.1234567890",
                "2026-02-05 12:34:56+19:00",
                "0000-01-01",
                " 2026-02-05",
                "2026-02-05 12:34:56+00:00\n",
                "9999-12-31 23:59:59-01:00",
            })
    void areNot(String text) {
        assertThat(LegacyTime.read(Cell.text(text))).isEmpty();
    }

    @Test
    void wholeNumbersAreSecondsOrMilliseconds() {
        Instant time = Instant.parse("2026-02-02T02:40:00Z");
        assertThat(LegacyTime.read(Cell.integer(1_770_000_000))).contains(time);
        assertThat(LegacyTime.read(Cell.integer(1_770_000_000_123L)))
                .contains(time.plusMillis(123));
        assertThat(LegacyTime.read(Cell.integer(0))).isEmpty();
        assertThat(LegacyTime.read(Cell.integer(Long.MAX_VALUE))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-02-05T12:34:56.000000Z, 2026-02-05 12:34:56+00:00",
        "2026-02-05T12:34:56.000001Z, 2026-02-05 12:34:56.000001+00:00",
        "2026-02-05T12:34:56.500000Z, 2026-02-05 12:34:56.500000+00:00",
    })
    void areWrittenAsTheyWere(String kept, String written) {
        assertThat(LegacyTime.written(kept, ' ')).isEqualTo(written);
        assertThat(LegacyTime.read(Cell.text(written)).map(LegacyTime::kept)).contains(kept);
    }
}
