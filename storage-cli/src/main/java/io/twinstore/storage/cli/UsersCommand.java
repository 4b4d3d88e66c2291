package io.twinstore.storage.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "users",
        description = {"Lists users, the one seen last first.", ""})
final class UsersCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin private PageOptions page = new PageOptions();

    UsersCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return new UserList(terminal, page.request()).run(page.json());
    }
}
