package io.twinstore.storage.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "cleanup",
        description = {
            "Deletes sessions that have been inactive for long; they can be restored until purged.",
            "",
            "Sessions that are held, or active meanwhile, are spared. Others may go on writing.",
            ""
        })
final class CleanupCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Option(
            names = "--older-than",
            paramLabel = "AGE",
            description =
                    "How long they must have been inactive: 30d, 12h, 45m or 10s; MAX_SESSION_AGE_DAYS"
                            + " by default.")
    private @Nullable String age;

    @Option(
            names = "--purge-deleted",
            description =
                    "Instead remove for good, with their messages, what has been deleted for that long.")
    private boolean purge;

    @Option(names = "--dry-run", description = "Only count them.")
    private boolean dry;

    @Option(names = "--json", description = "Print one JSON object on standard output instead.")
    private boolean json;

    CleanupCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return new Cleanup(terminal, age, purge, dry).run(json);
    }
}
