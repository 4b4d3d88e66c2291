package io.twinstore.storage.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "verify",
        description = {
            "Reads both sides of a move anew and compares every cell. Exit code 0 only when equal.",
            ""
        })
final class VerifyCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin private final MoveOptions options = new MoveOptions();

    VerifyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return options.moving(terminal).verify(options.plan());
    }
}
