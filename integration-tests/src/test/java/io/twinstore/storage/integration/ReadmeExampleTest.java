package io.twinstore.storage.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The example of the README, run as a host runs it: in a process of its own, with nothing set.
 * {@code DocumentedSamplesTest} keeps the README's copy equal.
 */
class ReadmeExampleTest {

    @TempDir private Path folder;

    @Test
    void theExampleOfTheReadmePrintsWhatItStored() throws Exception {
        File out = folder.resolve("out").toFile();
        ProcessBuilder builder =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Hello.class.getName())
                        .directory(folder.toFile())
                        .redirectOutput(out)
                        .redirectError(folder.resolve("err").toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> name.matches("(TWINSTORE_)?(DB|SQLITE|POSTGRES|DATABASE)_.*"));
        Process process = builder.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(folder.resolve("err")).content(StandardCharsets.UTF_8).doesNotContain("at io.");
        assertThat(process.exitValue()).isZero();
        assertThat(Files.readString(out.toPath())).isEqualToNormalizingNewlines("user: Hello\n");
        assertThat(folder.resolve("db/database.db")).isRegularFile();
    }
}
