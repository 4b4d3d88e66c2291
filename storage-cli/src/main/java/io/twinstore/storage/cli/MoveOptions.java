package io.twinstore.storage.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the commands ask that carry a plan out or look at what it did. */
final class MoveOptions {

    @Option(names = "--plan", required = true, paramLabel = "FILE", description = "The plan.")
    private Path plan = Path.of("");

    @Option(
            names = "--to",
            paramLabel = "URL",
            description =
                    "How to connect; by default as the environment says of PostgreSQL, whatever DB_TYPE is.")
    private @Nullable String to;

    @Option(names = "--json", description = "Print one JSON object on standard output instead.")
    private boolean json;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Write a report for people, too: one HTML file that needs nothing else.")
    private @Nullable Path report;

    Path plan() {
        return plan;
    }

    Aside aside(Terminal terminal) {
        return new Aside(terminal, to, json);
    }

    Moving moving(Terminal terminal) {
        return new Moving(terminal, to, json, report);
    }
}
