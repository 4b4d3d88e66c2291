package io.twinstore.storage.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "fix",
        description = {
            "Brings rows over that 'quarantine --out' wrote and you repaired: all of the file, or none.",
            "",
            "Rows that only waited for those go with them. Leave out of the file what stays.",
            ""
        })
final class FixCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin private final MoveOptions options = new MoveOptions();

    @Option(
            names = "--rows",
            required = true,
            paramLabel = "FILE",
            description = "The repaired rows.")
    private Path rows = Path.of("");

    FixCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return options.aside(terminal).fix(options.plan(), rows);
    }
}
