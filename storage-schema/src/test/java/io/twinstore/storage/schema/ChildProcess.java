package io.twinstore.storage.schema;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A JVM of its own that runs {@link MigrateMain}. */
record ChildProcess(Process process) {

    private static final String NATIVE = "--enable-native-access=ALL-UNNAMED";

    /** What the child said until it ended; both streams are small. */
    record Ended(int code, String out, String err) {}

    static ChildProcess start(Path folder, List<String> jvm, String classPath, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add(NATIVE);
        command.add("-XX:TieredStopAtLevel=1");
        // Where sqlite-jdbc leaves its library when it is killed.
        command.add("-Dorg.sqlite.tmpdir=" + folder);
        command.addAll(jvm);
        command.addAll(List.of("-cp", classPath, MigrateMain.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        // The virtual machine would say that it took it, where silence is asked for.
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        return new ChildProcess(builder.start());
    }

    static ChildProcess start(Path folder, String... arguments) throws IOException {
        return start(folder, List.of(), System.getProperty("java.class.path"), arguments);
    }

    Ended end() throws InterruptedException {
        String out = text(process.inputReader(StandardCharsets.UTF_8));
        String err = text(process.errorReader(StandardCharsets.UTF_8));
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return new Ended(process.waitFor(), out, err);
    }

    /** SIGKILL, as soon as the child says this line. */
    void killAt(String line) throws IOException, InterruptedException {
        BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        String said = out.readLine();
        if (!line.equals(said)) {
            throw new AssertionError("Child said " + said + " and " + text(process.errorReader()));
        }
        process.destroyForcibly().waitFor();
    }

    /** The entries of this JVM's class path whose file names hold one of the words. */
    static String classPathOf(String... words) {
        return List.of(System.getProperty("java.class.path").split(File.pathSeparator)).stream()
                .filter(
                        entry ->
                                List.of(words).stream()
                                        .anyMatch(
                                                Path.of(entry).getFileName().toString()::contains))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String text(BufferedReader reader) {
        try (reader) {
            return reader.lines().collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
