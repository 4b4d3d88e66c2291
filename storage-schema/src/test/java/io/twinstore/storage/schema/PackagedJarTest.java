package io.twinstore.storage.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The jar as it is published, which the build makes before the tests: Liquibase is in it, under
 * names of ours.
 */
class PackagedJarTest {

    private static final String OURS = "io/twinstore/storage/schema/";
    private static final Path JAR =
            Path.of(Objects.requireNonNull(System.getProperty("packaged.jar"), "Maven sets it"));

    @TempDir Path folder;

    @Test
    void holdsNothingUnderForeignNames() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertThat(jar.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName))
                    .contains(OURS + "SchemaRunner.class", OURS + "shaded/liquibase/Scope.class")
                    .allMatch(
                            name ->
                                    name.startsWith(OURS)
                                            || name.startsWith("META-INF/services/io.twinstore.")
                                            || name.matches(
                                                    "META-INF/(MANIFEST.MF|LICENSE|NOTICE)"));
        }
        assertThat(Files.size(JAR)).isBetween(5_000_000L, 6_500_000L);
    }

    @Test
    void migratesSqlite() throws Exception {
        migrates("jdbc:sqlite:" + folder.resolve("packaged.db"));
    }

    /** A change has one checksum, whatever the classes that compute it are called. */
    @Test
    void goesOnWhereTheUnpackedClassesStopped() throws Exception {
        String url = "jdbc:sqlite:" + folder.resolve("unpacked.db");
        assertThat(ChildProcess.start(folder, url, MigrationClauses.ONE).end().out())
                .isEqualTo("found nothing");
        assertThat(packaged(url).end()).isEqualTo(new ChildProcess.Ended(0, "found 001", ""));
    }

    @Test
    void migratesPostgres() throws Exception {
        String url = TestPostgres.freshDatabase();
        try {
            migrates(url);
        } finally {
            TestPostgres.drop(url);
        }
    }

    private void migrates(String url) throws Exception {
        assertThat(packaged(url).end()).isEqualTo(new ChildProcess.Ended(0, "found nothing", ""));
        assertThat(loaded())
                .anyMatch(line -> line.contains(".schema.shaded.liquibase."))
                .noneMatch(line -> line.contains(" liquibase."));

        assertThat(packaged(url).end()).isEqualTo(new ChildProcess.Ended(0, "found 003", ""));
        assertThat(loaded())
                .anyMatch(line -> line.contains("SchemaRunner"))
                .noneMatch(line -> line.contains("iquibase"));
    }

    /**
     * Nothing else is on its class path but what the reduced pom brings, a driver, and the tests.
     */
    private ChildProcess packaged(String url) throws Exception {
        String tests =
                Path.of(
                                PackagedJarTest.class
                                        .getProtectionDomain()
                                        .getCodeSource()
                                        .getLocation()
                                        .toURI())
                        .toString();
        String drivers =
                ChildProcess.classPathOf("snakeyaml", "sqlite-jdbc", "postgresql-42", "slf4j");
        String classPath = String.join(File.pathSeparator, JAR.toString(), tests, drivers);
        List<String> log = List.of("-Xlog:class+load=info:file=" + folder.resolve("classes"));
        return ChildProcess.start(folder, log, classPath, url, MigrationClauses.THREE);
    }

    private List<String> loaded() throws IOException {
        return Files.readAllLines(folder.resolve("classes"));
    }
}
