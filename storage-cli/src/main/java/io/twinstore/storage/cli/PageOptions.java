package io.twinstore.storage.cli;

import io.twinstore.storage.Cursor;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.PageRequest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which page to show, and how: the options of every command that lists. */
final class PageOptions {

    @Option(names = "--json", description = "Print one JSON object on standard output instead.")
    private boolean json;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "How many to show, 1 to 1000; ${DEFAULT-VALUE} by default.")
    private int limit;

    @Option(
            names = "--cursor",
            paramLabel = "C",
            description = "Where to go on: what the page before ended with.")
    private @Nullable String cursor;

    boolean json() {
        return json;
    }

    PageRequest request() {
        if (limit < 1 || limit > PageRequest.MAX_SIZE) {
            throw new InvalidValueException(
                    "--limit", "1 to " + PageRequest.MAX_SIZE, Integer.toString(limit));
        }
        return new PageRequest(limit, cursor == null ? null : Cursor.of(cursor));
    }
}
