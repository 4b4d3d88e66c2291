package io.twinstore.storage.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.SchemaException;
import io.twinstore.storage.SchemaMode;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageException;
import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.StorageUnavailableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A path that names no database of ours is refused, and everything there stays byte for byte. */
class WrongSqliteFileTest {

    private static final String WHOEVER_MAY =
            "This user may, as root, whatever the permissions say.";

    @TempDir private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("given.db");
    }

    private <E extends StorageException> E refused(Class<E> type) throws IOException {
        return refused(type, SchemaMode.MIGRATE);
    }

    private <E extends StorageException> E refused(Class<E> type, SchemaMode mode)
            throws IOException {
        Map<String, String> before = contents();
        StorageOptions options = StorageOptions.sqlite(file).toBuilder().schemaMode(mode).build();
        E refusal = Refusal.of(type, () -> Storage.open(options).close());
        assertThat(contents()).isEqualTo(before);
        assertThat(refusal).hasMessageContaining(file.getFileName().toString());
        return refusal;
    }

    private Map<String, String> contents() throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.toList()) {
                contents.put(
                        path.toString(),
                        Files.isRegularFile(path) && Files.isReadable(path)
                                ? Files.readString(path, StandardCharsets.ISO_8859_1)
                                : "");
            }
        }
        return contents;
    }

    /** Runs the statements as another program would. */
    private void sql(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    @Test
    void textIsNoDatabase() throws IOException {
        Files.writeString(file, "id,name\n1,x\n");
        assertThat(refused(SchemaException.class)).hasMessageContaining("not a SQLite database");
    }

    @Test
    void encryptedFileLooksLikeNoise() throws IOException {
        byte[] noise = new byte[16_384];
        new Random(1).nextBytes(noise);
        Files.write(file, noise);
        assertThat(refused(SchemaException.class)).hasMessageContaining("encrypted");
    }

    @Test
    void noiseBehindTheRightStart() throws IOException {
        byte[] noise = new byte[16_384];
        new Random(1).nextBytes(noise);
        byte[] magic = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(magic, 0, noise, 0, magic.length);
        Files.write(file, noise);
        refused(SchemaException.class);
    }

    @Test
    void fileThatWasCutShort() throws IOException, SQLException {
        Storage.open(StorageOptions.sqlite(file)).close();
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, 5_000));
        assertThat(refused(SchemaException.class)).hasMessageContaining("damaged");
    }

    @Test
    void databaseOfAnotherApplication() throws IOException, SQLException {
        sql("create table users (id integer primary key)", "insert into users values (1)");
        assertThat(refused(SchemaException.class))
                .hasMessageContainingAll("another application", "users");
    }

    @Test
    void databaseOfAnotherApplicationWithATableOfOurName() throws IOException, SQLException {
        sql("pragma journal_mode = wal", "create table sessions (id text)");
        assertThat(refused(SchemaException.class)).hasMessageContaining("sessions");
    }

    @Test
    void directory() throws IOException {
        Files.createDirectory(file);
        refused(InvalidValueException.class);
    }

    @Test
    void folderThatIsAFile() throws IOException {
        Files.writeString(file, "no folder");
        file = file.resolve("inner.db");
        Map<String, String> before = contents();
        Refusal.of(
                StorageUnavailableException.class,
                () -> Storage.open(StorageOptions.sqlite(file)).close());
        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void newerSchema() throws IOException, SQLException {
        Storage.open(StorageOptions.sqlite(file)).close();
        sql(WrongPostgresTest.CHANGE_FROM_THE_FUTURE);
        assertThat(refused(SchemaException.class)).hasMessageContaining("999-future");
        refused(SchemaException.class, SchemaMode.VALIDATE);
    }

    @Test
    void validatingMakesNothing() throws IOException, SQLException {
        refused(SchemaException.class, SchemaMode.VALIDATE);
        Files.createFile(file);
        refused(SchemaException.class, SchemaMode.VALIDATE);
    }

    @Test
    void withoutLookingAtTheSchemaNothingIsMadeEither() throws IOException {
        refused(SchemaException.class, SchemaMode.NONE);
    }

    @Test
    void fileThatThisUserMayNotRead() throws IOException, SQLException {
        sql("create table t (x)");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("-w-------"));
        assumeFalse(Files.isReadable(file), WHOEVER_MAY);
        refused(StorageUnavailableException.class);
    }

    @Test
    void folderThatThisUserMayNotWrite() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-x------"));
        try {
            assumeFalse(Files.isWritable(folder), WHOEVER_MAY);
            refused(StorageUnavailableException.class);
        } finally {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        }
    }
}
