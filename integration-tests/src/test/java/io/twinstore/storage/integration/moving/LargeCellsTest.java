package io.twinstore.storage.integration.moving;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.PostgresOptions;
import io.twinstore.storage.integration.TestPostgres;
import io.twinstore.storage.testkit.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Large cells go there and back in a heap that has no room for two of them beside what else is in
 * it, whether they are in the target, in the residue or in quarantine.
 */
class LargeCellsTest {

    /** 25 MB and more: each of the zeros becomes ten or eleven bytes, of nine characters. */
    private static final String TEXT = "replace(hex(zeroblob(2500000)), '00', 'caf\u00e9 \u20ac9')";

    @TempDir private Path folder;

    private final TestDatabase database = TestPostgres.get().newDatabase();

    @AfterEach
    void drop() {
        database.close();
    }

    @Test
    void cellsThatTheHeapHasNoRoomForMove() throws Exception {
        Path file = folder.resolve("large.db");
        SqliteCells.run(
                file,
                "create table documents (id integer primary key, body text, data blob)",
                "insert into documents values (1, 'small', x'00ff')",
                "insert into documents values (2, " + TEXT + ", null)",
                // The target's text cannot hold NUL, so that the original is in the residue.
                "insert into documents values (3, " + TEXT + " || char(0), randomblob(25000000))",
                "insert into documents values (4, 'last', null)",
                "create table notes (document integer not null references documents, body text)",
                "insert into notes values (2, 'small')",
                // Without its document it is in quarantine.
                "insert into notes values (9, " + TEXT + ")");
        Path back = folder.resolve("back.db");
        assertThat(moved("72m", file, back)).contains("loaded 5, quarantined 1", "equal");
        requireSame(file, back, "documents", List.of("id", "body", "data"));
        requireSame(file, back, "notes", List.of("document", "body"));
    }

    private List<String> moved(String heap, Path file, Path back) throws Exception {
        PostgresOptions postgres = database.options().postgres();
        ProcessBuilder builder =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx" + heap,
                                "-cp",
                                System.getProperty("java.class.path"),
                                LargeCellsProcess.class.getName(),
                                file.toString(),
                                "postgresql://%s:%s@%s:%d/%s"
                                        .formatted(
                                                postgres.user(),
                                                postgres.password().reveal(),
                                                postgres.host(),
                                                postgres.port(),
                                                postgres.database()),
                                back.toString())
                        .redirectErrorStream(true);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.lines().toList();
    }

    /** SQLite itself compares, so that the cells need no room here. */
    private static void requireSame(Path file, Path back, String table, List<String> columns)
            throws Exception {
        String same =
                String.join(
                        " and ",
                        columns.stream()
                                .map(
                                        c ->
                                                "a.%1$s is b.%1$s and typeof(a.%1$s) = typeof(b.%1$s)"
                                                        .formatted(c))
                                .toList());
        try (Connection connection = SqliteCells.connect(file);
                Statement statement = connection.createStatement()) {
            statement.execute("attach '" + back + "' as back");
            try (ResultSet rows =
                    statement.executeQuery(
                            "select (select count(*) from main.%1$s), (select count(*) from back.%1$s), (select count(*) from main.%1$s a join back.%1$s b on a.rowid = b.rowid and %2$s)"
                                    .formatted(table, same))) {
                rows.next();
                assertThat(rows.getInt(2)).isEqualTo(rows.getInt(1));
                assertThat(rows.getInt(3)).isEqualTo(rows.getInt(1));
            }
        }
    }
}
