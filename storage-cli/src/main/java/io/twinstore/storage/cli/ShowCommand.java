package io.twinstore.storage.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        description = {"Shows a session: its record, its participants and its messages.", ""})
final class ShowCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin private ActingOptions acting = new ActingOptions();

    @Parameters(paramLabel = "SESSION", description = "The id of the session.")
    private String session = "";

    @Option(names = "--json", description = "Print one JSON object on standard output instead.")
    private boolean json;

    @Option(
            names = "--full",
            description = "Show the whole of each message, rather than its first lines.")
    private boolean full;

    @ArgGroup(exclusive = true)
    private Extent extent = new Extent();

    ShowCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Integer last = extent.all ? null : extent.last;
        return new SessionView(terminal, ActingFor.of(acting), session, last, full).run(json);
    }

    static final class Extent {

        @Option(
                names = "--last",
                paramLabel = "N",
                description = "Show the last N messages, 1 to 1000; 50 by default.")
        private Integer last = 50;

        @Option(names = "--all", description = "Show every message.")
        private boolean all;
    }
}
