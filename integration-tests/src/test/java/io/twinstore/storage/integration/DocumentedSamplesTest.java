package io.twinstore.storage.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every Java sample in the documents stands in a source that is compiled and run: the comment
 * before it names the file and the region.
 */
class DocumentedSamplesTest {

    private static final Path ROOT =
            Objects.requireNonNull(Path.of("").toAbsolutePath().getParent());
    private static final Pattern SAMPLE =
            Pattern.compile(
                    "(?:<!-- region (\\S+) of (\\S+) -->\\n)?```java\\n(.*?)```", Pattern.DOTALL);

    @TestFactory
    List<DynamicTest> samplesAreCopiesOfWhatIsTested() throws IOException {
        List<DynamicTest> tests =
                documents().stream().flatMap(DocumentedSamplesTest::samples).toList();
        assertThat(tests).as("samples in the documents").isNotEmpty();
        return tests;
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> docs = Files.walk(ROOT.resolve("docs"))) {
            return Stream.concat(Stream.of(ROOT.resolve("README.md")), docs)
                    .filter(path -> path.toString().endsWith(".md"))
                    .toList();
        }
    }

    private static Stream<DynamicTest> samples(Path document) {
        return SAMPLE.matcher(read(document))
                .results()
                .map(
                        found ->
                                DynamicTest.dynamicTest(
                                        ROOT.relativize(document) + " " + found.group(1),
                                        () -> {
                                            assertThat(found.group(1))
                                                    .as(
                                                            "the region that the sample names:\n%s",
                                                            found.group(3))
                                                    .isNotNull();
                                            assertThat(found.group(3))
                                                    .isEqualTo(
                                                            region(found.group(1), found.group(2)));
                                        }));
    }

    private static String region(String name, String file) {
        Matcher region =
                Pattern.compile(
                                "\\h*// region " + Pattern.quote(name) + "\\n(.*?)\\h*// endregion",
                                Pattern.DOTALL)
                        .matcher(read(ROOT.resolve(file)));
        assertThat(region.find()).as("region %s of %s", name, file).isTrue();
        return region.group(1).stripTrailing().stripIndent() + "\n";
    }

    private static String read(Path path) {
        try {
            return Files.readString(path);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
