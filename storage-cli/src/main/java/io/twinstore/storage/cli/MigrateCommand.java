package io.twinstore.storage.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "migrate",
        description = {
            "Carries out a plan that 'plan' made. Stopped anywhere, the same command goes on from there.",
            ""
        })
final class MigrateCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin private final MoveOptions options = new MoveOptions();

    MigrateCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return options.moving(terminal).migrate(options.plan());
    }
}
