package io.twinstore.storage.integration.histories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Short histories, so that every build plays some: processes are killed, their server is killed and
 * restarted, connections break, and nothing is lost, doubled, reordered, invented or torn.
 */
class HistoriesTest {

    @TempDir private Path folder;
    private final List<String> lines = new ArrayList<>();

    private static HistoryOptions histories(String... args) {
        return HistoryOptions.parse(HistoryOptions.HISTORIES, args);
    }

    private static HistoryOptions tailed(String... args) {
        return HistoryOptions.parse(HistoryOptions.TAILED, args);
    }

    private Tally play(HistoryOptions options) throws Exception {
        try (HistoryRun run = new HistoryRun(options, folder, lines::add)) {
            Tally tally = run.all();
            assertThat(tally.anomalies()).as("anomalies: %s", lines).isZero();
            assertThat(tally.acknowledged()).isGreaterThanOrEqualTo(options.appends());
            assertThat(tally.messages()).isGreaterThan(options.appends());
            assertThat(tally.read()).as("messages read meanwhile").isPositive();
            assertThat(tally.kills()).as("processes killed").isPositive();
            return tally;
        }
    }

    @Test
    void appendingProcessesAreKilledInSqlite() throws Exception {
        play(histories(small("sqlite", "--kills", "2")));
    }

    @Test
    void processesServerAndConnectionsFailInPostgres() throws Exception {
        Tally tally =
                play(
                        histories(
                                small(
                                        "postgres",
                                        "--kills",
                                        "2",
                                        "--server-kills",
                                        "1",
                                        "--cuts",
                                        "6")));
        assertThat(tally.serverKills()).as("servers killed").isPositive();
        assertThat(tally.cuts()).as("connections broken").isPositive();
    }

    private static String[] small(String database, String... more) {
        List<String> args =
                new ArrayList<>(
                        List.of("--database", database, "--appends", "1500", "--rounds", "1"));
        args.addAll(List.of("--processes", "2", "--threads", "4", "--sessions", "5"));
        args.addAll(List.of(more));
        return args.toArray(String[]::new);
    }

    @Test
    void tailMissesNothingInSqlite() throws Exception {
        follow(tailed("--database", "sqlite", "--appends", "200", "--kills", "1"));
    }

    @Test
    void tailMissesNothingInPostgres() throws Exception {
        follow(
                tailed(
                        "--database",
                        "postgres",
                        "--appends",
                        "200",
                        "--kills",
                        "1",
                        "--server-kills",
                        "1"));
    }

    private void follow(HistoryOptions options) throws Exception {
        try (TailedRun run = new TailedRun(options, folder, lines::add)) {
            assertThat(run.play()).as("each once and in order: %s", lines).isTrue();
        }
    }

    @Test
    void optionsThatMakeNoSenseAreNamed() {
        assertThatThrownBy(() -> histories("--apends", "3")).hasMessageContaining("--[apends]");
        assertThatThrownBy(() -> histories("sqlite")).hasMessageContaining("sqlite");
        assertThatThrownBy(() -> histories("--rounds")).hasMessageContaining("--rounds");
        assertThatThrownBy(() -> histories("--database", "oracle"))
                .hasMessageContaining("sqlite or postgres");
        assertThatThrownBy(() -> histories("--rounds", "many")).hasMessageContaining("many");
    }
}
