package io.twinstore.storage.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "forget",
        description = {
            "Drops what the target keeps of a move beside the tables: originals and rows in quarantine.",
            "",
            "After that the move can neither be verified nor taken back exactly.",
            ""
        })
final class ForgetCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin private final MoveOptions options = new MoveOptions();

    @Option(names = "--yes", required = true, description = "That this is meant.")
    private boolean yes;

    ForgetCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return yes ? options.aside(terminal).forget(options.plan()) : ExitCode.USAGE;
    }
}
