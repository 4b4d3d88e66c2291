package io.twinstore.storage.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twinstore.storage.schema.SchemaFailure.Reason;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for a migration, whatever the database. */
abstract class MigrationClauses {

    static final String ONE = "schema/one.sql";
    static final String THREE = "schema/three.sql";

    @TempDir Path folder;

    /** JDBC URL of the database that this test has for itself. */
    abstract String url();

    abstract MigrationTarget target(Connection connection, Changelog changelog);

    /** What stands before the name of a table. */
    abstract String prefix();

    /** A changelog that gets stuck in its second change. */
    abstract String slow();

    abstract String stateOfDuplicate();

    @Test
    void makesTheSchema() throws Exception {
        assertThat(migrate(THREE)).isEmpty();

        assertThat(version()).hasValue("003");
        assertThat(strings("select id from %stwinstore_changelog order by orderexecuted"))
                .containsExactly("001", "002", "003");
        assertThat(strings("select count(*) from %stagged")).containsExactly("0");
        assertThat(strings("select count(*) from %stwinstore_changelog_lock where locked"))
                .containsExactly("0");
    }

    @Test
    void leavesTheConnectionAsItWas() throws Exception {
        try (Connection connection = connect()) {
            SchemaRunner.migrate(target(connection, changelog(ONE)));
            assertThat(connection.getAutoCommit()).isTrue();
        }
        try (Connection connection = connect()) {
            connection.setAutoCommit(false);
            SchemaRunner.migrate(target(connection, changelog(THREE)));
            assertThat(connection.getAutoCommit()).isFalse();
        }
        assertThat(version()).hasValue("003");
    }

    @Test
    void findsOutByOneRowThatThereIsNothingToDo() throws Exception {
        migrate(THREE);
        Path classes = folder.resolve("classes");

        ChildProcess.Ended child =
                ChildProcess.start(
                                folder,
                                List.of("-Xlog:class+load=info:file=" + classes),
                                System.getProperty("java.class.path"),
                                url(),
                                THREE)
                        .end();

        assertThat(child).isEqualTo(new ChildProcess.Ended(0, "found 003", ""));
        assertThat(Files.readAllLines(classes))
                .anyMatch(line -> line.contains("SchemaRunner"))
                .noneMatch(line -> line.contains(" liquibase.") || line.contains("LiquibaseRun"));
    }

    @Test
    void fourProcessesAtOnceAllSucceedInSilence() throws Exception {
        List<ChildProcess> children = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            children.add(ChildProcess.start(folder, url(), THREE));
        }
        for (ChildProcess child : children) {
            ChildProcess.Ended ended = child.end();
            assertThat(ended.err()).isEmpty();
            assertThat(ended.out()).matches("found (nothing|003)");
            assertThat(ended.code()).isZero();
        }
        assertThat(strings("select count(*) from %stwinstore_changelog")).containsExactly("3");
    }

    @Test
    void aProcessKilledInTheMiddleLeavesNothingBehind() throws Exception {
        ChildProcess.start(folder, url(), slow()).killAt(MigrateMain.IN_THE_MIDDLE);

        assertThat(version()).isEmpty();
        assertThat(migrate(THREE)).isEmpty();
        assertThat(version()).hasValue("003");
    }

    @Test
    void isWholeOrNotThereWhereverItIsCut() throws Exception {
        int cuts = 0;
        try (Connection connection = connect()) {
            MigrationTarget intact = target(connection, changelog(THREE));
            while (SchemaRunner.version(intact).isEmpty()) {
                try {
                    Connection cut = cutAfter(cuts, connection);
                    SchemaRunner.migrate(target(cut, changelog(THREE)));
                } catch (Cut | SchemaFailure e) {
                    assertThat(++cuts).as("statements of a migration").isLessThan(200);
                }
            }
        }
        assertThat(cuts).isGreaterThan(20);
        assertThat(version()).hasValue("003");
    }

    @Test
    void continuesWhereAnEarlierVersionStopped() throws Exception {
        migrate(ONE);
        execute("insert into %snotes (id, text) values (1, 'kept')");

        assertThat(migrate(THREE)).hasValue("001");

        assertThat(strings("select text from %snotes")).containsExactly("kept");
        assertThat(version()).hasValue("003");
    }

    @Test
    void freesALockThatAKilledProcessLeft() throws Exception {
        migrate(ONE);
        execute("update %stwinstore_changelog_lock set locked = true, lockedby = 'gone'");

        migrate(THREE);

        assertThat(strings("select count(*) from %stwinstore_changelog_lock where locked"))
                .containsExactly("0");
    }

    @Test
    void refusesADatabaseOfALaterVersion() throws Exception {
        migrate(THREE);

        SchemaFailure failure = failure(ONE);

        assertThat(failure.reason()).isEqualTo(Reason.NEWER);
        assertThat(failure.found()).hasValue("003");
        assertThat(failure.expected()).isEqualTo("001");
        assertThat(failure).hasMessageContainingAll("003", "001", "later");
        assertThat(version()).hasValue("003");
    }

    @Test
    void aFailingChangeTakesAllWithIt() throws Exception {
        migrate(ONE);

        SchemaFailure failure = failure("schema/failing.sql");

        assertThat(failure.reason()).isEqualTo(Reason.FAILED);
        assertThat(failure.change()).hasValue("002");
        assertThat(failure.sqlState().orElse("")).isEqualTo(stateOfDuplicate());
        assertThat(failure).hasMessageContaining("Change 002 failed");
        StringWriter all = new StringWriter();
        failure.printStackTrace(new PrintWriter(all));
        assertThat(all.toString()).doesNotContain("top-secret");
        assertThat(version()).hasValue("001");
        assertThat(migrate(THREE)).hasValue("001");
    }

    @Test
    void refusesAChangeThatIsNotTheOneThatWasApplied() throws Exception {
        migrate(ONE);

        SchemaFailure failure = failure("schema/altered.sql");

        assertThat(failure).cause().hasMessageContainingAll("001", "check sum");

        assertThat(failure.reason()).isEqualTo(Reason.FAILED);
        assertThat(failure.change()).isEmpty();
        assertThat(version()).hasValue("001");
    }

    @Test
    void checksWithoutWriting() throws Exception {
        assertThat(checkFailure(ONE)).hasMessageContaining("no schema");
        assertThat(version()).isEmpty();

        migrate(ONE);
        assertThat(checkFailure(ONE)).isNull();
        assertThat(checkFailure(THREE).reason()).isEqualTo(Reason.OUTDATED);
        assertThat(checkFailure(THREE).found()).hasValue("001");

        migrate(THREE);
        assertThat(checkFailure(ONE).reason()).isEqualTo(Reason.NEWER);
    }

    final Connection connect() throws SQLException {
        return DriverManager.getConnection(url());
    }

    static Changelog changelog(String resource) {
        return Changelog.read(resource, MigrationClauses.class.getClassLoader());
    }

    final Optional<String> migrate(String resource) throws Exception {
        try (Connection connection = connect()) {
            return SchemaRunner.migrate(target(connection, changelog(resource)));
        }
    }

    final Optional<String> version() throws Exception {
        try (Connection connection = connect()) {
            return SchemaRunner.version(target(connection, changelog(ONE)));
        }
    }

    private SchemaFailure failure(String resource) {
        return catchThrowableOfType(SchemaFailure.class, () -> migrate(resource));
    }

    private SchemaFailure checkFailure(String resource) throws Exception {
        try (Connection connection = connect()) {
            return catchThrowableOfType(
                    SchemaFailure.class,
                    () -> SchemaRunner.check(target(connection, changelog(resource))));
        }
    }

    final void execute(String sql) throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql.formatted(prefix()));
        }
    }

    final List<String> strings(String sql) throws Exception {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql.formatted(prefix()))) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }

    /**
     * Lets so many statements through, as if the process were killed then; the database rolls back
     * for the dead.
     */
    private static Connection cutAfter(int statements, Connection connection) {
        AtomicInteger left = new AtomicInteger(statements);
        StatementProbe probe =
                sql -> {
                    if (left.getAndDecrement() <= 0 && !sql.equals("rollback")) {
                        throw new Cut();
                    }
                };
        return probe.on(connection);
    }

    /** Not an exception: those Liquibase tries to mend. */
    private static final class Cut extends Error {
        private static final long serialVersionUID = 1L;
    }
}
