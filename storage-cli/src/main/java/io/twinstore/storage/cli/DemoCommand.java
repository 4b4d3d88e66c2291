package io.twinstore.storage.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        description = {
            "Keeps a conversation as a host would, and shows what it did.",
            "",
            "Opens the database that the environment names (makes it where it is missing), creates"
                    + " a config and a session with an owner, appends the conversation message by"
                    + " message while a second process follows it, adds an editor and a viewer, and reads everything back. A second"
                    + " run adds a second session.",
            ""
        })
final class DemoCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Option(
            names = "--transcript",
            paramLabel = "FILE",
            description =
                    "A JSON array of messages, of any size; checked before anything is written."
                            + " Without it, a sample conversation.")
    private @Nullable Path transcript;

    @Option(names = "--json", description = "Print one JSON object on standard output instead.")
    private boolean json;

    @Option(
            names = {"-v", "--verbose"},
            description = "Name each message on standard error as soon as it is kept.")
    private boolean verbose;

    DemoCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return new Demo(terminal, transcript, verbose).run(json);
    }
}
