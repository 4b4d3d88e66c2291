package io.twinstore.storage.cli;

import io.twinstore.storage.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Map;

/**
 * One run of the command inside this JVM, and what came of it.
 *
 * @param code the exit code
 * @param out what it printed to standard output
 * @param err what it printed to standard error
 */
record Run(int code, String out, String err) {

    static Run of(Map<String, String> environment, String... args) {
        return of(environment, false, args);
    }

    static Run of(Map<String, String> environment, boolean interactive, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(environment, out, err, interactive, ZoneOffset.UTC);
        int code = StorageCommand.run(terminal, args);
        return new Run(
                code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Returns standard output as the JSON document that it must be, all of it. */
    Json json() {
        return Json.of(out);
    }

    /** Returns the text of a field of that document. */
    String field(String pointer) {
        return String.valueOf(json().at(pointer).orElseThrow().toJava());
    }
}
