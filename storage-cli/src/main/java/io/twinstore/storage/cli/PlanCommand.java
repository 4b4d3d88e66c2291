package io.twinstore.storage.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "plan",
        description = {
            "Says what moving a SQLite file to PostgreSQL would do, and writes it down. Changes nothing.",
            "",
            "A file of Twinstore's own, or of the earlier session programs, goes to Twinstore's schema,",
            "any other to one of its own. Stop the application that writes the file first.",
            ""
        })
final class PlanCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Option(
            names = "--from",
            required = true,
            paramLabel = "FILE",
            description = {
                "The SQLite file. May be repeated: the files become one, in this order, and of",
                "different rows of one key the later ones go to tables of their own."
            })
    private List<Path> from = List.of();

    @Option(
            names = "--to",
            paramLabel = "URL",
            description =
                    "Where to; by default what the environment says of PostgreSQL, whatever DB_TYPE is.")
    private @Nullable String to;

    @Option(
            names = "--schema",
            paramLabel = "NAME",
            description = {
                "The schema for tables that are not Twinstore's; by default named after the file.",
                "With it the tables of an earlier session program stay as they are."
            })
    private @Nullable String schema;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where the plan goes; plan.json by default. It has no password.")
    private Path out = Path.of("plan.json");

    @Option(names = "--work", paramLabel = "FOLDER", description = "Where the snapshot goes.")
    private @Nullable Path work;

    @Option(names = "--json", description = "Print the plan on standard output instead.")
    private boolean json;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Write a report for people, too: one HTML file that needs nothing else.")
    private @Nullable Path report;

    PlanCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return new Planning(terminal, to, json, report).run(from, schema, out, work);
    }
}
