package io.twinstore.storage.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "doctor",
        description = {
            "Opens the database that the environment names, and says what is there.",
            "",
            "Product and version, location, schema, pool, and how long a round trip takes; reads"
                    + " through it and writes nothing. The exit code tells whether it can be worked with.",
            ""
        })
final class DoctorCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Option(names = "--json", description = "Print one JSON object on standard output instead.")
    private boolean json;

    DoctorCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        return new Doctor(terminal).run(json);
    }
}
