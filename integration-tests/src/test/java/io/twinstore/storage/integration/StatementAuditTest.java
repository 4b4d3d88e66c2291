package io.twinstore.storage.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.Storage;
import io.twinstore.storage.testkit.StorageHarness;
import io.twinstore.storage.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMap;
import org.jdbi.v3.sqlobject.customizer.Define;
import org.jdbi.v3.sqlobject.customizer.FetchSize;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.junit.jupiter.api.Test;

/** Every statement of both adapters suits its database, whether a test calls it or not. */
class StatementAuditTest {

    @Test
    void everyStatementSuitsSqlite() throws SQLException {
        audited(
                new SqliteHarness(),
                audit -> complete(audit, "io.twinstore.storage.sqlite", "SqliteAppendSql.BUMP"));
    }

    @Test
    void everyStatementSuitsPostgres() throws SQLException {
        audited(
                new PostgresHarness(),
                audit ->
                        complete(audit, "io.twinstore.storage.postgres", "PostgresAppendSql.MANY"));
    }

    private static void complete(StatementAudit audit, String adapter, String constant) {
        assertThat(SqlObjects.of(adapter))
                .extracting(Class::getSimpleName)
                .contains("MessageDao", "ParticipantDao")
                .doesNotContain("ConfigDao", "SessionDao");
        assertThat(SqlObjects.constants(adapter)).containsKey(constant);
        audit.adapter(adapter);
        assertThat(audit.problems()).isEmpty();
        assertThat(audit.statements()).isGreaterThan(40);
    }

    /** What a DAO should have been. */
    @RegisterConstructorMapper(Broken.Row.class)
    interface Meant {

        Optional<String> withoutSql(String id);

        @FetchSize(10)
        List<String> overridden(@Define("where") String where, @BindMap Map<String, Object> values);
    }

    /** A DAO with one fault of each kind. */
    interface Broken extends Meant {

        record Row(String sessionId, String nickname) {}

        @SqlQuery("select session_id from sessions where <where>")
        @Override
        List<String> overridden(@Define("where") String which, Map<String, Object> values);

        @SqlUpdate("delete from session_nothing where session_id = :id")
        int ofNoTable(String id);

        @SqlQuery("select session_id from sessions where config_id = :config")
        List<String> notGiven(String id);

        @SqlQuery("select session_id, status from sessions")
        List<Row> otherColumns();
    }

    @Test
    void catchesWhatIsBroken() throws SQLException {
        for (StorageHarness harness : List.of(new SqliteHarness(), new PostgresHarness())) {
            audited(
                    harness,
                    audit -> {
                        audit.sqlObject(Broken.class);
                        audit.raw("raw", "select base_sequence from session_heads");
                        assertThat(audit.problems())
                                .anyMatch(p -> p.equals("Broken.withoutSql has no SQL"))
                                .anyMatch(
                                        p ->
                                                p.equals(
                                                        "Broken does not repeat"
                                                                + " @RegisterConstructorMapper"))
                                .anyMatch(
                                        p ->
                                                p.equals(
                                                        "Broken.overridden does not repeat"
                                                                + " @FetchSize"))
                                .anyMatch(
                                        p ->
                                                p.equals(
                                                        "Broken.overridden(values) does not repeat"
                                                                + " @BindMap"))
                                .anyMatch(
                                        p ->
                                                p.equals(
                                                        "Broken.overridden calls where by the name"
                                                                + " which"))
                                .anyMatch(p -> p.startsWith("Broken.ofNoTable is refused: "))
                                .anyMatch(p -> p.equals("Broken.notGiven is not given :config"))
                                .anyMatch(p -> p.equals("Broken.notGiven does not use its id"))
                                .anyMatch(
                                        p ->
                                                p.equals(
                                                        "Broken.otherColumns does not select"
                                                                + " nickname"))
                                .anyMatch(p -> p.startsWith("raw is refused: "));
                    });
        }
    }

    private static void audited(StorageHarness harness, Consumer<StatementAudit> work)
            throws SQLException {
        try (TestDatabase database = harness.newDatabase()) {
            Storage.open(database.options()).close();
            try (Connection connection = database.connection()) {
                if (harness instanceof PostgresHarness) {
                    connection.setSchema("twinstore");
                }
                try (Handle handle = Jdbi.create(connection).open()) {
                    work.accept(new StatementAudit(handle));
                }
            }
        }
    }
}
