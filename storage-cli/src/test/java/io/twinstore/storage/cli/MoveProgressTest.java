package io.twinstore.storage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.ErrorCode;
import io.twinstore.storage.PostgresOptions;
import io.twinstore.storage.Secret;
import io.twinstore.storage.migrate.ColumnPlan;
import io.twinstore.storage.migrate.MigrationPlan;
import io.twinstore.storage.migrate.MigrationTarget;
import io.twinstore.storage.migrate.PlannedFile;
import io.twinstore.storage.migrate.PlannedSource;
import io.twinstore.storage.migrate.Survey;
import io.twinstore.storage.migrate.TablePlan;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person, and what a file, is told of a move; the time is the test's. */
class MoveProgressTest {

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private long now;

    private static MigrationPlan plan(String... tables) {
        return new MigrationPlan(
                "01234567-0123-0123-0123-0123456789ab",
                MigrationPlan.Layout.TABLES,
                new PlannedSource(
                        List.of(
                                new PlannedFile(
                                        Path.of("/data/a.db"),
                                        "ab".repeat(32),
                                        Instant.EPOCH,
                                        null)),
                        Path.of("/tmp"),
                        List.of()),
                MigrationTarget.of(
                                PostgresOptions.builder()
                                        .host("h")
                                        .database("d")
                                        .user("u")
                                        .password(Secret.of("hidden"))
                                        .build())
                        .into("legacy"),
                "legacy",
                25_000,
                List.of(tables).stream().map(MoveProgressTest::table).toList(),
                List.of(),
                List.of(),
                new Survey(
                        Instant.EPOCH,
                        Duration.ZERO,
                        Map.of(tables[0], 10_000_000L),
                        Duration.ZERO,
                        new Survey.TargetState("16", true, false, 9, 1, 1),
                        List.of(new Survey.Missing(ErrorCode.SCHEMA, "What.", "Remedy."))));
    }

    private static TablePlan table(String name) {
        ColumnPlan column =
                new ColumnPlan(
                        "id", "id", "INTEGER", "bigint", true, null, false, Map.of(), 0, 8, "why");
        return new TablePlan(
                name,
                name,
                10_000,
                true,
                List.of("id"),
                null,
                "create table t (id)",
                List.of(column),
                List.of("id"),
                List.of(),
                List.of(),
                List.of(),
                null,
                0,
                List.of());
    }

    private MoveProgress progress(
            boolean person, Map<String, String> environment, String... names) {
        Terminal terminal =
                new Terminal(
                        environment,
                        InputStream.nullInputStream(),
                        new ByteArrayOutputStream(),
                        err,
                        person,
                        ZoneOffset.UTC);
        return new MoveProgress(terminal, plan(names), () -> now);
    }

    private void pass(long millis) {
        now += TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private String written() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private Screen screen() {
        Screen screen = new Screen();
        screen.write(written());
        return screen;
    }

    @Test
    void aFileGetsTheFirstAndTheLastLineAndOneASecond() {
        try (MoveProgress progress = progress(false, Map.of(), "t")) {
            progress.begins("t", 0, 10_000);
            for (int rows = 100; rows <= 10_000; rows += 100) {
                pass(25);
                progress.committed("t", rows, 10_000);
            }
        }
        assertThat(written().lines())
                .containsExactly(
                        "storage: t: 100 of 10,000 rows, 4,000 rows/s, 4.0 MB/s, 0:02 left",
                        "storage: t: 4,100 of 10,000 rows, 4,000 rows/s, 4.0 MB/s, 0:01 left",
                        "storage: t: 8,100 of 10,000 rows, 4,000 rows/s, 4.0 MB/s, 0:00 left",
                        "storage: t: 10,000 of 10,000 rows, 4,000 rows/s, 4.0 MB/s");
        assertThat(written()).doesNotContain("\u001b", "\r");
    }

    @Test
    void theEndOfATableIsSaidOnce() {
        try (MoveProgress progress = progress(false, Map.of(), "t")) {
            progress.begins("t", 0, 10_000);
            pass(2_000);
            progress.passed("t", 10_000, 10_000);
            progress.compared("t", 10_000);
            progress.step("primary key of t");
        }
        assertThat(written().lines())
                .containsExactly(
                        "storage: t: 10,000 of 10,000 rows, 5,000 rows/s, 5.0 MB/s",
                        "storage: primary key of t");
    }

    @Test
    void whatAnEarlierRunDidIsNoSpeedOfThisOne() {
        try (MoveProgress progress = progress(false, Map.of(), "t")) {
            progress.begins("t", 8_000, 10_000);
            pass(1_000);
            progress.committed("t", 9_000, 10_000);
        }
        assertThat(written().lines())
                .containsExactly(
                        "storage: t: 8,000 of 10,000 rows are there already",
                        "storage: t: 9,000 of 10,000 rows, 1,000 rows/s, 1.0 MB/s, 0:01 left");
    }

    @Test
    void aPersonSeesTwoBarsInPlace() {
        try (MoveProgress progress = progress(true, Map.of("COLUMNS", "100"), "t", "other")) {
            progress.begins("t", 0, 10_000);
            pass(1_000);
            progress.sent("t", 2_500);
            assertThat(screen().shown().lines())
                    .hasSize(2)
                    .satisfiesExactly(
                            line ->
                                    assertThat(line)
                                            .startsWith("  t ")
                                            .contains("█", "░", " 25 %", "0:03 left")
                                            .contains("2,500 of 10,000  2,500 rows/s  2.5 MB/s"),
                            line ->
                                    assertThat(line)
                                            .startsWith("  all tables ")
                                            .contains("0 of 2 tables"));
            pass(3_000);
            progress.committed("t", 10_000, 10_000);
            assertThat(screen().shown()).contains("100 %", "done", "1 of 2 tables");
            progress.step("primary key of t");
            assertThat(screen().shown()).startsWith("  primary key of t\n");
        }
        assertThat(screen().shown()).isEmpty();
        assertThat(screen().row()).isZero();
        assertThat(screen().column()).isZero();
    }

    @Test
    void picturesAreATenthOfASecondApartAndEachIsOneWrite() {
        try (MoveProgress progress = progress(true, Map.of("COLUMNS", "100"), "t", "other")) {
            progress.begins("t", 0, 10_000);
            int first = err.size();
            pass(99);
            progress.sent("t", 1_000);
            assertThat(err.size()).isEqualTo(first);
            pass(1);
            progress.sent("t", 2_000);
            String picture =
                    written()
                            .substring(
                                    new String(err.toByteArray(), 0, first, StandardCharsets.UTF_8)
                                            .length());
            assertThat(picture).startsWith("\u001b[1A\r").endsWith("\u001b[K\u001b[J");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 60, 80, 200})
    void noLineIsWiderThanTheScreen(int width) {
        String wide = "客户订单".repeat(20);
        try (MoveProgress progress =
                progress(true, Map.of("COLUMNS", "" + width), wide, "x".repeat(90))) {
            progress.begins(wide, 0, 10_000);
            pass(60_000);
            progress.committed(wide, 5_000, 10_000);
            progress.step("unique index " + "y".repeat(300));
            progress.begins("x".repeat(90), 0, 10_000);
            pass(60_000);
            progress.committed("x".repeat(90), 5_000, 10_000);
        }
        assertThat(screen().widest()).isLessThan(width);
    }

    @Test
    void withoutColoursTheBarsStillMove() {
        try (MoveProgress progress = progress(true, Map.of("NO_COLOR", "1"), "t")) {
            progress.begins("t", 0, 10_000);
        }
        assertThat(written()).doesNotContain("\u001b[1m", "\u001b[36m", "\u001b[2m").contains("\r");
    }

    @Test
    void aDumbTerminalGetsLines() {
        try (MoveProgress progress = progress(true, Map.of("TERM", "dumb"), "t")) {
            progress.begins("t", 0, 10_000);
            pass(10);
            progress.committed("t", 10_000, 10_000);
        }
        assertThat(written()).startsWith("storage: t: 10,000").doesNotContain("\u001b", "\r");
    }

    @Test
    void namesCannotMoveTheCursor() {
        for (boolean person : new boolean[] {true, false}) {
            try (MoveProgress progress =
                    progress(person, Map.of("NO_COLOR", "1"), "a\u001b[2Jb\n")) {
                progress.begins("a\u001b[2Jb\n", 0, 10_000);
                pass(10);
                progress.committed("a\u001b[2Jb\n", 10_000, 10_000);
                progress.step("index \u001b[2J");
            }
        }
        assertThat(written()).doesNotContain("\u001b[2J").contains("a\\u001b[2Jb");
    }
}
