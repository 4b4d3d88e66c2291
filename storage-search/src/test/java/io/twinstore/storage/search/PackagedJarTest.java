package io.twinstore.storage.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.Json;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/**
 * The jar as it is published, which the build makes before the tests: of Lucene it holds what is
 * used, under names of ours.
 */
class PackagedJarTest {

    private static final String OURS = "io/twinstore/storage/search/";
    private static final Path JAR =
            Path.of(Objects.requireNonNull(System.getProperty("packaged.jar"), "Maven sets it"));

    @Test
    void holdsNothingUnderForeignNames() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertThat(jar.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName))
                    .contains(
                            OURS + "SearchTerms.class",
                            OURS + "shaded/lucene/analysis/standard/StandardTokenizer.class",
                            OURS + "shaded/snowball/ext/EnglishStemmer.class")
                    .allMatch(
                            name ->
                                    name.startsWith(OURS)
                                            || name.matches(
                                                    "META-INF/(MANIFEST.MF|LICENSE|NOTICE)"));
        }
        assertThat(Files.size(JAR)).isLessThan(1_500_000L);
    }

    /** Nothing else is on its class path but what the reduced pom brings, and the tests. */
    @Test
    void makesTheSameTermsAsTheUnpackedClasses() throws Exception {
        URL[] classPath = {JAR.toUri().toURL(), home(Json.class), home(PackagedProbe.class)};
        try (URLClassLoader packaged =
                new URLClassLoader(classPath, ClassLoader.getPlatformClassLoader())) {
            Class<?> probe = packaged.loadClass(PackagedProbe.class.getName());
            Object made = probe.getConstructor().newInstance();
            assertThat(packaged.loadClass(SearchTerms.class.getName()))
                    .isNotEqualTo(SearchTerms.class);
            assertThat(packaged.getResource("org/apache/lucene/analysis/Analyzer.class")).isNull();
            assertThat(((Supplier<?>) made).get()).isEqualTo(new PackagedProbe().get());
        }
    }

    private static URL home(Class<?> type) {
        return type.getProtectionDomain().getCodeSource().getLocation();
    }
}
