package io.twinstore.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UuidV7Test {

    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00.123456Z");

    @Test
    void isAUuidOfVersion7InTheVariantOfTheRfc() {
        UUID id = UUID.fromString(new UuidV7(InstantSource.fixed(NOON)).next());
        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
    }

    @Test
    void beginsWithTheMilliseconds() {
        String id = new UuidV7(InstantSource.fixed(NOON)).next();
        assertThat(millis(id)).isEqualTo(NOON.toEpochMilli());
        assertThat(id)
                .matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
    }

    @Test
    void ascendsUnderAFrozenClockBeyondTheCounter() {
        List<String> ids = take(new UuidV7(InstantSource.fixed(NOON)), 20_000);
        assertThat(ids).isSorted().doesNotHaveDuplicates();
        assertThat(millis(ids.get(19_999)) - NOON.toEpochMilli()).isBetween(4L, 5L);
    }

    @Test
    void ascendsWhenTheClockGoesBack() {
        Iterator<Instant> readings =
                Stream.iterate(NOON, at -> at.minusSeconds(3600)).limit(1_000).iterator();
        List<String> ids = take(new UuidV7(readings::next), 1_000);
        assertThat(ids).isSorted().doesNotHaveDuplicates();
        assertThat(millis(ids.get(999))).isEqualTo(NOON.toEpochMilli());
    }

    @Test
    void followsTheClockAgainOnceItHasCaughtUp() {
        Iterator<Instant> readings =
                List.of(NOON, NOON.minusSeconds(60), NOON.plusSeconds(60)).iterator();
        List<String> ids = take(new UuidV7(readings::next), 3);
        assertThat(ids).isSorted();
        assertThat(millis(ids.get(2))).isEqualTo(NOON.plusSeconds(60).toEpochMilli());
    }

    @ParameterizedTest
    @CsvSource({
        "-1000000000-01-01T00:00:00Z",
        "1969-12-31T23:59:59.999Z",
        "+1000000000-12-31T23:59:59Z"
    })
    void bearsClocksOutsideItsRange(Instant instant) {
        List<String> ids = take(new UuidV7(InstantSource.fixed(instant)), 5_000);
        assertThat(ids)
                .isSorted()
                .doesNotHaveDuplicates()
                .allMatch(id -> UUID.fromString(id).version() == 7);
    }

    @Test
    void isUniqueAndAscendingInEachOfManyThreads() throws Exception {
        UuidV7 ids = new UuidV7(InstantSource.fixed(NOON));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<List<String>>> work = new ArrayList<>();
            IntStream.range(0, 8).forEach(i -> work.add(() -> take(ids, 5_000)));
            Set<String> all = new HashSet<>();
            for (Future<List<String>> made : threads.invokeAll(work)) {
                assertThat(made.get()).isSorted();
                all.addAll(made.get());
            }
            assertThat(all).hasSize(40_000);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void textOrderIsByteOrder() {
        List<String> ids = take(new UuidV7(InstantSource.system()), 1_000);
        assertThat(ids)
                .isSortedAccordingTo(Comparator.comparing(UUID::fromString, UuidV7Test::unsigned));
    }

    private static int unsigned(UUID left, UUID right) {
        int high =
                Long.compareUnsigned(left.getMostSignificantBits(), right.getMostSignificantBits());
        return high == 0
                ? Long.compareUnsigned(
                        left.getLeastSignificantBits(), right.getLeastSignificantBits())
                : high;
    }

    private static List<String> take(UuidV7 ids, int count) {
        return Stream.generate(ids::next).limit(count).toList();
    }

    private static long millis(String id) {
        return UUID.fromString(id).getMostSignificantBits() >>> 16;
    }
}
