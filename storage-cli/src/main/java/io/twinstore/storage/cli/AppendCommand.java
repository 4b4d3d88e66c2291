package io.twinstore.storage.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "append",
        description = {
            "Appends the messages on standard input to a session, one JSON text on each line.",
            "",
            "Each is kept as soon as its line is there; its sequence is then printed. A lost reply"
                    + " is asked for again, and no message is kept twice.",
            ""
        })
final class AppendCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin private ActingOptions acting = new ActingOptions();

    @Parameters(paramLabel = "SESSION", description = "The id of the session.")
    private String session = "";

    @Option(
            names = "--create",
            description =
                    "Make the session first where there is none, and the database where that is"
                            + " missing, too.")
    private boolean create;

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description =
                    "Name this input, so that running the command again with the same input"
                            + " appends only what is not kept yet.")
    private @Nullable String key;

    @Option(
            names = "--json",
            description = "Print a JSON object on a line of standard output for each message.")
    private boolean json;

    AppendCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return new PipedAppending(terminal, ActingFor.of(acting), session, key, json).run(create);
    }
}
