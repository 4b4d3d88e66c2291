package io.twinstore.storage.integration.histories;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a run of histories is to do.
 *
 * @param database {@code sqlite} or {@code postgres}
 * @param url the server to use, or null for one of its own
 * @param folder where files and the server's data go, or null for a temporary folder
 * @param appends acknowledged appends per round
 * @param rounds how many rounds, each with sessions of its own
 * @param processes how many processes append
 * @param threads how many threads of each
 * @param sessions to how many sessions
 * @param kills how many times in all a process is killed
 * @param serverKills how many times in all the server is killed
 * @param cuts how many times in all connections break
 * @param seed where the randomness starts
 */
public record HistoryOptions(
        String database,
        @Nullable String url,
        @Nullable String folder,
        int appends,
        int rounds,
        int processes,
        int threads,
        int sessions,
        int kills,
        int serverKills,
        int cuts,
        long seed) {

    /** What a command does when it is not told otherwise; faults are those of each round. */
    record Defaults(int appends, int rounds, int kills, int serverKills, int cuts) {}

    static final Defaults HISTORIES = new Defaults(100_000, 4, 2, 1, 20);
    static final Defaults TAILED = new Defaults(20_000, 1, 5, 2, 0);
    static final Defaults MOVED = new Defaults(1_000_000, 1, 20, 3, 0);

    /** What the command says about itself. */
    static final String HELP =
            """
            integration-tests/histories [--OPTION VALUE]...
            integration-tests/histories tailed --help
            integration-tests/histories moved --help

            Processes append to shared sessions, in every way at once, while they and their database are killed
            and their connections break. After each round the history is checked against the transcripts:
            nothing lost, doubled, reordered, invented, torn, or there though it failed. Exit code 1 otherwise.

            --database sqlite|postgres  sqlite
            --url URL                   a PostgreSQL server to use; one of its own, with fsync on, without
            --folder DIR                where the data goes; a new folder for temporary files without
            --appends N                 acknowledged appends per round, 100000
            --rounds N                  4; each has sessions of its own
            --processes N               3
            --threads N                 8 in each process
            --sessions N                20; half of the appends go to three of them
            --kills N                   SIGKILLs of a random process, in all; 2 per round
            --server-kills N            SIGKILLs of the server, in all; 1 per round on a server of its own
            --cuts N                    faults of connections of one process, in all; 20 per round on PostgreSQL:
                                        cut, request lost, reply lost, held back
            --seed N                    of the random choices; the clock

            One line per round: acknowledged, failed, unknown and repeated appends, messages, kills of processes and
            servers, broken connections, anomalies, appends per second, seconds.
            """;

    /**
     * Reads the command line.
     *
     * @throws IllegalArgumentException when it makes no sense, with a message for the user
     */
    static HistoryOptions parse(Defaults defaults, String... args) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < args.length; i += 2) {
            if (!args[i].startsWith("--") || i + 1 == args.length) {
                throw new IllegalArgumentException("What is " + args[i] + "? See --help.");
            }
            given.put(args[i].substring(2), args[i + 1]);
        }
        String database =
                take(given, "database", defaults.equals(MOVED) ? "postgres" : "sqlite")
                        .toLowerCase(Locale.ROOT);
        if (!database.equals("sqlite") && !database.equals("postgres")) {
            throw new IllegalArgumentException("--database is sqlite or postgres.");
        }
        boolean postgres = database.equals("postgres");
        String url = given.remove("url");
        boolean own = postgres && url == null;
        int rounds = number(given, "rounds", defaults.rounds());
        HistoryOptions options =
                new HistoryOptions(
                        database,
                        url,
                        given.remove("folder"),
                        number(given, "appends", defaults.appends()),
                        rounds,
                        number(given, "processes", 3),
                        number(given, "threads", 8),
                        number(given, "sessions", 20),
                        number(given, "kills", defaults.kills() * rounds),
                        number(given, "server-kills", own ? defaults.serverKills() * rounds : 0),
                        number(given, "cuts", postgres ? defaults.cuts() * rounds : 0),
                        Long.parseLong(take(given, "seed", Long.toString(System.nanoTime()))));
        if (!given.isEmpty()) {
            throw new IllegalArgumentException("What is --" + given.keySet() + "? See --help.");
        }
        return options;
    }

    private static String take(Map<String, String> given, String name, String otherwise) {
        String value = given.remove(name);
        return value == null ? otherwise : value;
    }

    private static int number(Map<String, String> given, String name, int otherwise) {
        return Integer.parseInt(take(given, name, Integer.toString(otherwise)));
    }

    /** Makes the folder of a run. */
    Path makeFolder() throws IOException {
        String prefix = "twinstore-histories-";
        return folder == null
                ? Files.createTempDirectory(prefix)
                : Files.createTempDirectory(Path.of(folder), prefix);
    }

    boolean isPostgres() {
        return database.equals("postgres");
    }

    /** Returns how many of this many events in all fall into the round, from 0. */
    int inRound(int all, int round) {
        return (int) ((long) all * (round + 1) / rounds - (long) all * round / rounds);
    }
}
