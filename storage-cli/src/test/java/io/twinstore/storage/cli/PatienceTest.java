package io.twinstore.storage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PatienceTest {

    @Test
    void endsAfterItsTime() {
        Patience patience = new Patience(Duration.ofMillis(400).toNanos());
        long start = System.nanoTime();
        int attempts = 0;
        while (patience.another()) {
            attempts++;
        }
        assertThat(attempts).isBetween(1, 2);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void anInterruptEndsIt() {
        Thread.currentThread().interrupt();
        assertThat(new Patience().another()).isFalse();
        assertThat(Thread.interrupted()).isTrue();
    }
}
