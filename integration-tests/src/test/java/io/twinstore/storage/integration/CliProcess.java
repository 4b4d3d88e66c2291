package io.twinstore.storage.integration;

import io.twinstore.storage.Json;
import io.twinstore.storage.cli.StorageCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The storage command in a JVM of its own, with nothing in its environment but what it is given.
 */
final class CliProcess {

    private final Path temporary;

    /**
     * @param temporary where the process may leave files behind when it is killed
     */
    CliProcess(Path temporary) {
        this.temporary = temporary;
    }

    /** Starts the command. */
    Process start(Map<String, String> environment, String... args) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-Dorg.sqlite.tmpdir=" + temporary);
        command.addAll(List.of("-cp", classPath(), StorageCommand.class.getName()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** Runs the command to its end. */
    Result run(Map<String, String> environment, String... args) throws Exception {
        Process process = start(environment, args);
        CompletableFuture<byte[]> err = CompletableFuture.supplyAsync(() -> all(process));
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String errors = new String(err.get(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), out, errors);
    }

    private static byte[] all(Process process) {
        try {
            return process.getErrorStream().readAllBytes();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String classPath() {
        String tests = System.getProperty("surefire.test.class.path");
        return tests == null ? System.getProperty("java.class.path") : tests;
    }

    /**
     * What came of a run.
     *
     * @param code the exit code
     * @param out what was printed to standard output
     * @param err what was printed to standard error
     */
    record Result(int code, String out, String err) {

        /** Returns the text of a field of the one JSON document that standard output must be. */
        String field(String pointer) {
            return Json.of(out).at(pointer).orElseThrow(() -> new AssertionError(this)).text();
        }

        /** Returns the text of a field that is a string. */
        String string(String pointer) {
            return String.valueOf(Json.of(out).at(pointer).orElseThrow().toJava());
        }
    }
}
