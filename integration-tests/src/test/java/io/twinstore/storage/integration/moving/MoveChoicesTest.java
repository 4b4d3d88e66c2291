package io.twinstore.storage.integration.moving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinstore.storage.ErrorCode;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Json;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageException;
import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.integration.TestPostgres;
import io.twinstore.storage.migrate.Migration;
import io.twinstore.storage.migrate.MigrationException;
import io.twinstore.storage.migrate.MigrationListener;
import io.twinstore.storage.migrate.MigrationOptions;
import io.twinstore.storage.migrate.MigrationPlan;
import io.twinstore.storage.migrate.MigrationReport;
import io.twinstore.storage.migrate.MigrationSource;
import io.twinstore.storage.migrate.MigrationTarget;
import io.twinstore.storage.migrate.VerifyReport;
import io.twinstore.storage.spi.MovedMarker;
import io.twinstore.storage.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run is told: some tables only, a size of commits, an end, and that the target may go. */
class MoveChoicesTest {

    @TempDir private Path folder;

    private final TestDatabase database = TestPostgres.get().newDatabase();

    @AfterEach
    void drop() {
        database.close();
    }

    private Path file() {
        return folder.resolve("shop.db");
    }

    private MigrationPlan plan() throws Exception {
        SqliteCells.run(
                file(),
                "create table customers (id integer primary key, name text unique)",
                "create table orders (id integer primary key, c integer references customers, v text)",
                "with recursive n(i) as (select 1 union all select i + 1 from n where i < 100)"
                        + " insert into customers select i, 'c' || i from n",
                "insert into orders select id, id, 'o' || id from customers");
        return planAgain();
    }

    private MigrationPlan planAgain() {
        return Migration.plan(
                MigrationSource.of(file()).workingIn(folder.resolve("work")),
                MigrationTarget.of(database.options().postgres()).into("shop"));
    }

    private void execute(String sql) throws Exception {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static MigrationReport run(MigrationPlan plan, MigrationOptions options) {
        return Migration.migrate(plan, options, MigrationListener.SILENT);
    }

    @Test
    void oneTableGoesAloneAndTheRestLater() throws Exception {
        MigrationPlan plan = plan();
        MigrationReport first = run(plan, MigrationOptions.standard().only(Set.of("orders")));
        assertThat(first.complete()).isFalse();
        assertThat(first.tables())
                .extracting(table -> table.table() + " " + table.loaded())
                .containsExactlyInAnyOrder("customers 0", "orders 100");
        assertThat(MovedMarker.beside(file())).doesNotExist();
        assertThatThrownBy(() -> Migration.verify(plan)).hasMessageContaining("is not complete");

        MigrationReport rest = run(plan, MigrationOptions.standard().only(Set.of("customers")));
        assertThat(rest.complete()).isTrue();
        assertThat(rest.resumed()).isTrue();
        assertThat(MovedMarker.beside(file())).exists();
        assertThat(Migration.verify(plan).equal()).isTrue();
    }

    @Test
    void rowsThatNobodyReadAreAFault() throws Exception {
        MigrationPlan plan = plan();
        run(plan, MigrationOptions.standard());
        String counted = plan.toJson().text().replaceFirst("\"rows\": ?100", "\"rows\":101");
        VerifyReport report =
                Migration.verify(MigrationPlan.of(Json.of(counted), database.options().postgres()));
        assertThat(report.tables()).allMatch(VerifyReport.TableProof::equal);
        assertThat(report.faults())
                .containsExactly(
                        "table customers: 100 rows of the source were read, and the plan counted 101");
        assertThat(report.equal()).isFalse();
    }

    @Test
    void aTableThatThePlanHasNotIsRefusedBeforeAnything() throws Exception {
        MigrationPlan plan = plan();
        assertThatThrownBy(() -> run(plan, MigrationOptions.standard().only(Set.of("Orders"))))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("only")
                .hasMessageContaining("Orders");
        assertThat(run(plan, MigrationOptions.standard()).resumed()).isFalse();
    }

    @Test
    void commitsHaveTheSizeThatIsAskedFor() throws Exception {
        MigrationPlan plan = plan();
        List<String> commits = new ArrayList<>();
        Migration.migrate(
                plan,
                MigrationOptions.standard().committing(40),
                new MigrationListener() {
                    @Override
                    public void committed(String table, long rows, long of) {
                        commits.add(table + " " + rows);
                    }
                });
        assertThat(commits)
                .containsExactlyInAnyOrder(
                        "customers 40",
                        "customers 80",
                        "customers 100",
                        "orders 40",
                        "orders 80",
                        "orders 100");
        assertThatThrownBy(() -> MigrationOptions.standard().committing(0))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("commitRows");
    }

    @Test
    void itStopsWhenItsTimeIsOverAndGoesOnFromThere() throws Exception {
        MigrationPlan plan = plan();
        MigrationOptions brief =
                MigrationOptions.standard().committing(10).within(Duration.ofNanos(1));
        int stops = 0;
        MigrationReport report = null;
        while (report == null && stops < 100) {
            try {
                // Each run gets one commit further at least, since time is looked at after it.
                report = run(plan, stops < 5 ? brief : MigrationOptions.standard());
            } catch (MigrationException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.UNAVAILABLE);
                assertThat(e.retryable()).isTrue();
                assertThat(e).hasMessageContaining("is over").hasMessageContaining("goes on");
                stops++;
            }
        }
        assertThat(stops).isEqualTo(5);
        assertThat(Migration.verify(plan).equal()).isTrue();
        assertThatThrownBy(() -> MigrationOptions.standard().within(Duration.ZERO))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("timeout");
    }

    @Test
    void whatStandsInTheTargetGoesOnlyWhenThatIsSaid() throws Exception {
        MigrationPlan plan = plan();
        execute("create schema shop");
        execute("create table shop.orders (mine text)");
        execute("create table shop.other (kept text)");
        assertThat(Objects.requireNonNull(planAgain().survey()).missing())
                .anyMatch(missing -> missing.remedy().contains("--replace"));
        assertThatThrownBy(() -> run(plan, MigrationOptions.standard()))
                .isInstanceOf(MigrationException.class)
                .hasMessageContaining("is not empty: orders");
        assertThat(run(plan, MigrationOptions.standard().replacing()).complete()).isTrue();
        assertThat(Migration.verify(plan).equal()).isTrue();
        execute("select kept from shop.other");

        // The same choice takes nothing away from a move that is done.
        execute("insert into shop.customers values (1000, 'since')");
        run(plan, MigrationOptions.standard().replacing());
        assertThat(run(plan, MigrationOptions.standard()).loaded()).isEqualTo(201);
    }

    @Test
    void rowsOfTwinstoresOwnGoOnlyWhenThatIsSaid() throws Exception {
        try (Storage storage = Storage.open(StorageOptions.sqlite(file()))) {
            storage.settings().put("from", Json.of("\"file\""));
        }
        MigrationPlan plan =
                Migration.plan(
                        MigrationSource.of(file()).workingIn(folder.resolve("work")),
                        MigrationTarget.of(database.options().postgres()));
        try (Storage there = database.open(database.options())) {
            there.settings().put("mine", Json.of("1"));
        }
        assertThatThrownBy(() -> run(plan, MigrationOptions.standard()))
                .satisfies(
                        e ->
                                assertThat(((StorageException) e).code())
                                        .isEqualTo(ErrorCode.CONFLICT));
        run(plan, MigrationOptions.standard().replacing());
        assertThat(Migration.verify(plan).equal()).isTrue();
        try (Storage there = database.open(database.options())) {
            assertThat(there.settings().find("mine")).isEmpty();
            assertThat(there.settings().find("from")).isPresent();
        }
    }
}
