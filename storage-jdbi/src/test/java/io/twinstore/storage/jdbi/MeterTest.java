package io.twinstore.storage.jdbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinstore.storage.ConfigId;
import io.twinstore.storage.NotFoundException;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.StorageInfo;
import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.UserId;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is logged of slow operations and of the pool. The clock is moved by hand. */
class MeterTest {

    private static final StorageInfo.Pool CALM = new StorageInfo.Pool(1, 2, 0, 10);
    private static final StorageInfo.Pool FULL = new StorageInfo.Pool(10, 0, 3, 10);

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5); // wraps around at once
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final PrintStream err = System.err;
    private StorageInfo.Pool pool = CALM;

    @BeforeEach
    void listen() {
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stop() {
        System.setErr(err);
    }

    private Meter meter(Duration slow, Duration interval) {
        StorageOptions options =
                StorageOptions.sqlite(Path.of("never-opened.db")).toBuilder()
                        .slowOperation(slow)
                        .poolLogInterval(interval)
                        .build();
        return new Meter(options, () -> pool, nanos::get);
    }

    private void take(Meter meter, Duration time, @Nullable Object about) {
        meter.run("sessions.find", about, () -> nanos.addAndGet(time.toNanos()));
    }

    private List<String> logged() {
        return log.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void slowIsWhatTakesAsLongAsIsSaid() {
        Meter meter = meter(Duration.ofMillis(100), Duration.ZERO);
        take(meter, Duration.ofMillis(100).minusNanos(1), null);
        assertThat(logged()).as("a nanosecond less").isEmpty();

        take(meter, Duration.ofMillis(100), null);
        assertThat(logged())
                .singleElement()
                .asString()
                .contains("WARN io.twinstore.storage.slow")
                .endsWith("sessions.find took 100 ms: ok");
    }

    @Test
    void slowFailuresAreToldByTheirCode() {
        Meter meter = meter(Duration.ofMillis(1), Duration.ZERO);
        assertThatThrownBy(
                        () ->
                                meter.time(
                                        "configs.get",
                                        ConfigId.of("c"),
                                        () -> {
                                            nanos.addAndGet(TimeUnit.SECONDS.toNanos(2));
                                            throw new NotFoundException("config", "c");
                                        }))
                .isInstanceOf(NotFoundException.class);
        assertThat(logged())
                .singleElement()
                .asString()
                .endsWith("configs.get took 2000 ms on config \"c\": not_found");
    }

    @Test
    void idsAreOneLineAndUsersAreNotShown() {
        Meter meter = meter(Duration.ofMillis(1), Duration.ZERO);
        take(meter, Duration.ofMillis(1), SessionId.of("a\nWARN made up \"b"));
        take(meter, Duration.ofMillis(1), SessionId.of("🚀".repeat(61)));
        take(meter, Duration.ofMillis(1), UserId.of("ada@example.com"));

        assertThat(logged()).hasSize(3);
        assertThat(logged().get(0)).contains("on session \"a\\nWARN made up \\\"b\": ok");
        assertThat(logged().get(1)).contains("\"" + "🚀".repeat(60) + "…\"");
        assertThat(logged().get(2)).endsWith("sessions.find took 1 ms: ok");
    }

    @Test
    void zeroLogsNothing() {
        Meter meter = meter(Duration.ZERO, Duration.ZERO);
        pool = FULL;
        take(meter, Duration.ofDays(365), null);
        take(meter, Duration.ofDays(365), null);
        assertThat(logged()).isEmpty();
    }

    @Test
    void aPoolThatIsWaitedForIsToldOfNowAndThen() {
        Meter meter = meter(Duration.ZERO, Duration.ofSeconds(60));
        pool = FULL;
        take(meter, Duration.ofSeconds(60), null);
        assertThat(logged()).as("a call that begins before it is due").isEmpty();

        take(meter, Duration.ofSeconds(59), null);
        take(meter, Duration.ofSeconds(1), null);
        assertThat(logged())
                .singleElement()
                .asString()
                .contains("INFO io.twinstore.storage.pool")
                .endsWith("10 connections in use, 0 idle, 10 at most; 3 threads wait");

        take(meter, Duration.ZERO, null);
        assertThat(logged()).as("after another minute").hasSize(2);
    }

    @Test
    void aPoolThatNobodyWaitsForIsNoNews() {
        Meter meter = meter(Duration.ZERO, Duration.ofSeconds(1));
        nanos.addAndGet(TimeUnit.HOURS.toNanos(1));
        take(meter, Duration.ZERO, null);
        assertThat(logged()).isEmpty();
    }
}
