package io.twinstore.storage.cli;

import io.twinstore.storage.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
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
        return of(environment, interactive, InputStream.nullInputStream(), args);
    }

    /** Runs the command with this on its standard input. */
    static Run with(String input, Map<String, String> environment, String... args) {
        byte[] bytes = input.getBytes(StandardCharsets.UTF_8);
        return of(environment, false, new ByteArrayInputStream(bytes), args);
    }

    private static Run of(
            Map<String, String> environment, boolean interactive, InputStream in, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(environment, in, out, err, interactive, ZoneOffset.UTC);
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
