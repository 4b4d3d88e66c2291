package io.twinstore.storage.migrate.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresTest {

    @ParameterizedTest
    @CsvSource({
        "0,0 B",
        "999,999 B",
        "1000,1.0 kB",
        "9949,9.9 kB",
        "9950,10 kB",
        "999499,999 kB",
        "999500,1.0 MB",
        "126000000,126 MB",
        "9223372036854775807,9.2 EB"
    })
    void bytesHaveTwoOrThreeDigits(long bytes, String shown) {
        assertThat(Figures.bytes(bytes)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "0,0.0 ms",
        "3,3.0 ms",
        "42,42 ms",
        "400,0.4 s",
        "9949,9.9 s",
        "12000,12 s",
        "99000,99 s",
        "120000,2 min",
        "5400000,90 min",
        "7800000,2 h 10 min"
    })
    void durationsAreRounded(long millis, String shown) {
        assertThat(Figures.about(Duration.ofMillis(millis))).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"-1,0:00", "7.4,0:07", "59.6,1:00", "750,12:30", "11100,3:05:00"})
    void whatIsLeftReadsLikeAClock(double seconds, String shown) {
        assertThat(Figures.clock(seconds)).isEqualTo(shown);
    }

    @Test
    void oneIsNotMany() {
        assertThat(Figures.counted(1, "row")).isEqualTo("1 row");
        assertThat(Figures.counted(1_234_567, "row")).isEqualTo("1,234,567 rows");
    }
}
