package io.twinstore.storage.integration.moving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinstore.storage.ErrorCode;
import io.twinstore.storage.PostgresOptions;
import io.twinstore.storage.Secret;
import io.twinstore.storage.StorageException;
import io.twinstore.storage.integration.TestPostgres;
import io.twinstore.storage.migrate.Migration;
import io.twinstore.storage.migrate.MigrationException;
import io.twinstore.storage.migrate.MigrationListener;
import io.twinstore.storage.migrate.MigrationPlan;
import io.twinstore.storage.migrate.MigrationReport;
import io.twinstore.storage.migrate.MigrationSource;
import io.twinstore.storage.migrate.MigrationTarget;
import io.twinstore.storage.migrate.Survey;
import io.twinstore.storage.migrate.VerifyReport;
import io.twinstore.storage.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the target lacks is said by the plan, and stops the move before it does anything. */
class TargetRightsTest {

    @TempDir private Path folder;

    private final TestDatabase database = TestPostgres.get().newDatabase();
    private final PostgresOptions owner = database.options().postgres();
    private final String role = "mover_" + owner.database();
    private final PostgresOptions mover =
            owner.toBuilder().user(role).password(Secret.of("moves")).build();

    @BeforeEach
    void make() throws Exception {
        run("create role " + role + " login password 'moves'");
        SqliteCells.run(
                folder.resolve("a.db"),
                "create table t (id integer primary key, v text)",
                "insert into t values (1, 'a'), (2, 'b')");
    }

    @AfterEach
    void drop() throws Exception {
        run("drop owned by " + role + " cascade", "drop role " + role);
        database.close();
    }

    private void run(String... statements) throws Exception {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private String schemas() throws Exception {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "select string_agg(nspname, ' ' order by nspname) from pg_namespace"
                                        + " where nspname in ('legacy', 'twinstore', 'twinstore_moves')")) {
            row.next();
            return String.valueOf(row.getString(1));
        }
    }

    private MigrationPlan plan() {
        return Migration.plan(
                MigrationSource.of(folder.resolve("a.db")).workingIn(folder),
                MigrationTarget.of(mover).into("legacy"));
    }

    private static Survey survey(MigrationPlan plan) {
        Survey survey = plan.survey();
        if (survey == null) {
            throw new AssertionError("the plan has no survey");
        }
        return survey;
    }

    private static List<String> missing(MigrationPlan plan) {
        return survey(plan).missing().stream().map(Survey.Missing::what).toList();
    }

    private void refused(MigrationPlan plan, ErrorCode code, String what) throws Exception {
        String before = schemas();
        assertThatThrownBy(() -> Migration.migrate(plan, MigrationListener.SILENT))
                .isInstanceOf(MigrationException.class)
                .hasMessageContaining("Nothing was changed")
                .hasMessageContaining(what)
                .satisfies(e -> assertThat(((StorageException) e).code()).isEqualTo(code));
        assertThat(schemas()).isEqualTo(before);
    }

    private static void moves(MigrationPlan plan) {
        assertThat(missing(plan)).isEmpty();
        Migration.migrate(plan, MigrationListener.SILENT);
        VerifyReport report = Migration.verify(plan);
        assertThat(report.equal()).as(report.toJson().text()).isTrue();
    }

    @Test
    void withoutTheRightToMakeSchemas() throws Exception {
        MigrationPlan plan = plan();
        assertThat(missing(plan))
                .singleElement()
                .asString()
                .contains("no schema 'legacy' and no schema 'twinstore_moves'");
        assertThat(MigrationPlan.of(plan.toJson(), mover)).isEqualTo(plan);
        refused(plan, ErrorCode.ACCESS_DENIED, "may not make schemas");
        run("grant create on database " + owner.database() + " to " + role);
        moves(plan());
    }

    @Test
    void aMoveThatIsOverNeedsNoRights() throws Exception {
        run("grant create on database " + owner.database() + " to " + role);
        MigrationPlan plan = plan();
        moves(plan);
        run(
                "revoke create on database " + owner.database() + " from " + role,
                "revoke create on schema legacy, twinstore_moves from " + role,
                "alter role " + role + " set default_transaction_read_only = on");
        MigrationReport again = Migration.migrate(plan, MigrationListener.SILENT);
        assertThat(again.complete()).isTrue();
        assertThat(again.loaded()).isEqualTo(2);
    }

    @Test
    void schemasThatSomebodyMadeAreEnough() throws Exception {
        run("create schema legacy", "create schema twinstore_moves");
        MigrationPlan plan = plan();
        assertThat(missing(plan))
                .containsExactly(
                        "The role lacks USAGE on schema 'legacy'.",
                        "The role lacks CREATE on schema 'legacy'.",
                        "The role lacks USAGE on schema 'twinstore_moves'.",
                        "The role lacks CREATE on schema 'twinstore_moves'.");
        refused(plan, ErrorCode.ACCESS_DENIED, "The role lacks CREATE on schema 'legacy'.");
        run("grant usage, create on schema legacy, twinstore_moves to " + role);
        moves(plan());
    }

    @Test
    void aLedgerOfAnotherRoleMustBeOpened() throws Exception {
        Migration.migrate(
                Migration.plan(
                        MigrationSource.of(folder.resolve("a.db")).workingIn(folder),
                        MigrationTarget.of(owner).into("other")),
                MigrationListener.SILENT);
        run(
                "grant create on database " + owner.database() + " to " + role,
                "grant usage on schema twinstore_moves to " + role,
                "grant select on all tables in schema twinstore_moves to " + role);
        MigrationPlan plan = plan();
        assertThat(missing(plan))
                .contains(
                        "The role lacks INSERT on twinstore_moves.ranges.",
                        "The role lacks UPDATE on twinstore_moves.moves.")
                .noneMatch(what -> what.contains("SELECT"));
        refused(plan, ErrorCode.ACCESS_DENIED, "INSERT on twinstore_moves.ranges");
        run("grant insert, update, delete on all tables in schema twinstore_moves to " + role);
        moves(plan());
    }

    @Test
    void aReadOnlyDatabase() throws Exception {
        run(
                "grant create on database " + owner.database() + " to " + role,
                "alter role " + role + " set default_transaction_read_only = on");
        MigrationPlan plan = plan();
        assertThat(missing(plan)).singleElement().asString().contains("read only");
        refused(plan, ErrorCode.UNAVAILABLE, "default_transaction_read_only");
    }

    @Test
    void tooFewConnections() throws Exception {
        run(
                "grant create on database " + owner.database() + " to " + role,
                "alter role " + role + " connection limit 4");
        MigrationPlan plan = plan();
        assertThat(missing(plan)).singleElement().asString().contains("3 more connections");
        refused(plan, ErrorCode.UNAVAILABLE, "3 more connections");
        run("alter role " + role + " connection limit 5");
        moves(plan());
    }

    @Test
    void aPlanMeasuresAndChangesNothing() throws Exception {
        run("grant create on database " + owner.database() + " to " + role);
        String before = schemas();
        Survey survey = survey(plan());
        assertThat(schemas()).isEqualTo(before).isEqualTo("null");
        assertThat(survey.bytesOf("t")).isEqualTo(18);
        assertThat(survey.target().schemaThere()).isFalse();
        assertThat(survey.target().linkBytesPerSecond()).isPositive();
        assertThat(survey.target().databaseBytes()).isPositive();
        assertThat(survey.estimate()).isPositive();
    }
}
