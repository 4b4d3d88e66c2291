package io.twinstore.storage.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "sessions",
        description = {"Lists sessions, the one with the latest activity first.", ""})
final class SessionsCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin private ActingOptions acting = new ActingOptions();

    @Mixin private PageOptions page = new PageOptions();

    SessionsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return new SessionList(terminal, ActingFor.of(acting), page.request()).run(page.json());
    }
}
