package io.twinstore.storage.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "tail",
        description = {
            "Follows a session: shows each message as soon as it is kept, by whatever process.",
            "",
            "Begins with the last ten messages, or at --from. Outlives a restart of the database."
                    + " Ends with Ctrl-C.",
            ""
        })
final class TailCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin private ActingOptions acting = new ActingOptions();

    @Parameters(paramLabel = "SESSION", description = "The id of the session.")
    private String session = "";

    @Option(
            names = "--from",
            paramLabel = "N",
            description = "Begin with the message of this sequence; 1 is the first of all.")
    private @Nullable Long from;

    @Option(names = "--count", paramLabel = "N", description = "End after so many messages.")
    private @Nullable Long count;

    @Option(
            names = "--idle",
            paramLabel = "SECONDS",
            description = "End when nothing came for so long.")
    private @Nullable Double idle;

    @Option(
            names = "--full",
            description = "Show the whole of each message, rather than its first lines.")
    private boolean full;

    @Option(
            names = "--json",
            description = "Print a JSON object on a line of standard output for each event.")
    private boolean json;

    @Option(
            names = "--brief",
            description = "Leave the bodies out of the objects; say how long they are.")
    private boolean brief;

    @Option(
            names = "--until-eof",
            hidden = true,
            description = "End with standard input, so that nothing outlives who started it.")
    private boolean untilEof;

    TailCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        TailEnd end = TailEnd.of(count, idle);
        TailView view = new TailView(terminal, ActingFor.of(acting), session, from, end);
        if (untilEof) {
            view.endWithInput();
        }
        return json ? view.lines(brief) : view.page(full);
    }
}
