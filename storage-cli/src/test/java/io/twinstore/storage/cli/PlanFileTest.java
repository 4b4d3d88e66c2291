package io.twinstore.storage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is given for a plan, or for repaired rows, and is none: said without a look at a database.
 */
class PlanFileTest {

    private static final String URL = "postgresql://me@127.0.0.1:1/app";

    @TempDir private Path folder;

    private Run migrate(Path plan) {
        return Run.of(Map.of(), "migrate", "--plan", plan.toString(), "--to", URL);
    }

    private void requireRefused(Path plan, String part) {
        Run run = migrate(plan);
        assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.REFUSED);
        assertThat(run.err()).contains(part);
    }

    @Test
    void aFileThatIsNoPlanIsRefused() throws Exception {
        requireRefused(folder.resolve("none.json"), "is not there");
        requireRefused(Files.writeString(folder.resolve("text.json"), "no plan"), "JSON");
        requireRefused(Files.writeString(folder.resolve("empty.json"), ""), "JSON");
        requireRefused(Files.writeString(folder.resolve("else.json"), "{}"), "plan.format");
        requireRefused(
                Files.writeString(folder.resolve("twice.json"), "{\"format\":1,\"format\":1}"),
                "each name once");
        requireRefused(
                Files.write(
                        folder.resolve("latin.json"),
                        "{\"\u00e9\":1}".getBytes(StandardCharsets.ISO_8859_1)),
                "no text in UTF-8");
    }

    @Test
    void aFileOfAnySizeIsRefusedBeforeItIsRead() throws Exception {
        Path huge = folder.resolve("huge.json");
        try (RandomAccessFile file = new RandomAccessFile(huge.toFile(), "rw")) {
            file.setLength(200_000_000_000L);
        }
        requireRefused(huge, "is larger than 100 MB");
    }
}
