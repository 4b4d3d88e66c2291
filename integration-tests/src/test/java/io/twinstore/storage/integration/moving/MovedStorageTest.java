package io.twinstore.storage.integration.moving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.Appended;
import io.twinstore.storage.ConfigId;
import io.twinstore.storage.ConflictException;
import io.twinstore.storage.IssuedKey;
import io.twinstore.storage.Json;
import io.twinstore.storage.NewApplication;
import io.twinstore.storage.NewConfig;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.ParticipantRole;
import io.twinstore.storage.SearchScope;
import io.twinstore.storage.SessionFilter;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionLease;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.UserFilter;
import io.twinstore.storage.UserId;
import io.twinstore.storage.integration.TestPostgres;
import io.twinstore.storage.migrate.ColumnPlan;
import io.twinstore.storage.migrate.Migration;
import io.twinstore.storage.migrate.MigrationException;
import io.twinstore.storage.migrate.MigrationListener;
import io.twinstore.storage.migrate.MigrationPlan;
import io.twinstore.storage.migrate.MigrationReport;
import io.twinstore.storage.migrate.MigrationSource;
import io.twinstore.storage.migrate.MigrationTarget;
import io.twinstore.storage.migrate.TablePlan;
import io.twinstore.storage.migrate.VerifyReport;
import io.twinstore.storage.testkit.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A team flips from SQLite to PostgreSQL and finds everything there, and back again. */
class MovedStorageTest {

    private static final UserId ALICE = UserId.of("auth0|alice");
    private static final UserId BOB = UserId.of("bob@example.org");
    private static final String ODD =
            "{ \"role\":\"tool\",\t\"content\":\"nul \\u0000, lone \\ud800\", \"n\":1e2,\"n\":-0.0 }";

    @TempDir private Path folder;

    private final TestDatabase database = TestPostgres.get().newDatabase();
    private Path file;
    private SessionId first;
    private SessionId deleted;
    private SessionLease lease;
    private IssuedKey key;

    @BeforeEach
    void fill() {
        file = folder.resolve("app.db");
        try (Storage storage = Storage.open(StorageOptions.sqlite(file))) {
            ConfigId config =
                    storage.configs()
                            .create(
                                    NewConfig.named("b\u00f6t")
                                            .tags(Json.of("{\"b\":[1e2,1.10],\"a\":\"\\u00e9\"}")))
                            .id();
            key = storage.applications().create(NewApplication.named("Web"));
            first = session(storage, config, "first");
            deleted = session(storage, config, "deleted");
            session(storage, config, "empty");
            for (int i = 1; i <= 5; i++) {
                storage.sessions().append(first, NewMessage.user("needle number " + i));
            }
            storage.sessions()
                    .append(first, List.of(NewMessage.of(Json.of(ODD))), AppendOptions.once("k1"));
            storage.sessions().append(deleted, NewMessage.user("gone"));
            storage.sessions().delete(deleted);
            storage.sessions().addParticipant(first, BOB, ParticipantRole.VIEWER);
            storage.sessions().updatePermissions(first, BOB, Json.of("{\"may\": [\"read\"]}"));
            storage.sessions().hold(first);
            lease = storage.sessions().acquire(first, "worker", Duration.ofHours(1));
            storage.settings().put("theme", Json.of("null"), "ui");
            storage.users().seen(ALICE, key.application().id());
        }
    }

    private static SessionId session(Storage storage, ConfigId config, String id) {
        return storage.sessions()
                .create(
                        NewSession.on(config)
                                .id(SessionId.of(id))
                                .owner(ALICE)
                                .metadata(Json.of("{\"z\": 1, \"aa\": [true]}")))
                .id();
    }

    @AfterEach
    void drop() {
        database.close();
    }

    private MigrationPlan plan() {
        return Migration.plan(
                MigrationSource.of(file).workingIn(folder),
                MigrationTarget.of(database.options().postgres()));
    }

    /** As it goes through a file. */
    private MigrationPlan reread(MigrationPlan plan) {
        return MigrationPlan.of(plan.toJson(), database.options().postgres());
    }

    private MigrationPlan moved() {
        MigrationPlan plan = reread(plan());
        MigrationReport report = Migration.migrate(plan, MigrationListener.SILENT);
        assertThat(report.quarantined()).isZero();
        assertThat(report.loaded()).isEqualTo(plan.rows());
        VerifyReport verified = Migration.verify(plan);
        assertThat(verified.equal()).as(verified.toJson().text()).isTrue();
        return plan;
    }

    @Test
    void everySessionIsThereAndAppendsGoOn() {
        moved();
        try (Storage here =
                        Storage.open(
                                StorageOptions.sqlite(file).toBuilder().allowStale(true).build());
                Storage there = database.open(database.options())) {
            assertThat(everything(there)).isEqualTo(everything(here));
            Appended next = there.sessions().append(first, NewMessage.user("on the other side"));
            assertThat(next.firstSequence()).isEqualTo(7);
            Appended replay =
                    there.sessions()
                            .append(
                                    first,
                                    List.of(NewMessage.of(Json.of(ODD))),
                                    AppendOptions.once("k1"));
            assertThat(replay.replayed()).isTrue();
            assertThat(replay.firstSequence()).isEqualTo(6);
        }
    }

    @Test
    void keysLeasesAndHoldsGoOn() {
        moved();
        try (Storage there = database.open(database.options())) {
            assertThat(there.applications().authenticate(key.key()))
                    .hasValueSatisfying(
                            app -> assertThat(app.id()).isEqualTo(key.application().id()));
            assertThat(there.sessions().leaseOf(first)).contains(lease);
            assertThatThrownBy(
                            () ->
                                    there.sessions()
                                            .append(
                                                    first,
                                                    List.of(NewMessage.user("stale")),
                                                    AppendOptions.fenced(lease.token() - 1)))
                    .isInstanceOf(ConflictException.class);
            assertThat(there.sessions().isHeld(first)).isTrue();
            assertThat(there.sessions().restore(deleted)).isTrue();
            assertThat(there.sessions().lastMessages(deleted, 1)).hasSize(1);
        }
    }

    @Test
    void theTargetMakesItsOwnSearchIndex() {
        moved();
        try (Storage there = database.open(database.options())) {
            assertThat(
                            there.sessions()
                                    .search("needle", SearchScope.all(), PageRequest.first())
                                    .hits())
                    .hasSize(5);
        }
    }

    @Test
    void theWayBackHasWhatWasWrittenSinceAndKeepsTheRestByteForByte() throws Exception {
        MigrationPlan plan = moved();
        try (Storage there = database.open(database.options())) {
            there.sessions().append(first, NewMessage.user("since"));
        }
        Path back = folder.resolve("back.db");
        Migration.reverse(plan, back);
        for (String table :
                List.of("configs", "sessions", "session_participants", "settings", "users")) {
            if (!table.equals("sessions")) {
                assertThat(SqliteCells.of(back, table, "1"))
                        .as(table)
                        .isEqualTo(SqliteCells.of(file, table, "1"));
            }
        }
        List<String> messages = SqliteCells.of(back, "session_messages", "1");
        assertThat(messages).containsAll(SqliteCells.of(file, "session_messages", "1")).hasSize(8);
        try (Storage storage = Storage.open(StorageOptions.sqlite(back))) {
            assertThat(storage.sessions().lastMessages(first, 2).get(0).body().text())
                    .isEqualTo(ODD);
            assertThat(storage.sessions().append(first, NewMessage.user("again")).firstSequence())
                    .isEqualTo(8);
        }
    }

    /** A change set that adds a table or a column is red here until the plan has it. */
    @Test
    void everyTableAndColumnOfTheSchemaIsPlanned() throws Exception {
        MigrationPlan plan = moved();
        assertThat(plan.untranslated()).isEmpty();
        List<String> planned = new ArrayList<>();
        for (TablePlan table : plan.tables()) {
            for (ColumnPlan column : table.columns()) {
                String codec = column.codec().replaceFirst(":.*", "");
                planned.add(
                        table.target()
                                + "."
                                + column.target()
                                + " "
                                + (codec.equals("timestamptz")
                                        ? "timestamp with time zone"
                                        : codec));
            }
        }
        List<String> there =
                strings(
                        "select table_name || '.' || column_name || ' ' || data_type"
                                + " from information_schema.columns natural join information_schema.tables"
                                + " where table_schema = 'twinstore' and table_type = 'BASE TABLE'"
                                + " and table_name not like 'search\\_%'"
                                + " and table_name not like 'twinstore\\_%'"
                                + " and (table_name, column_name) <> ('session_heads', 'indexed_seq')");
        assertThat(planned).containsExactlyInAnyOrderElementsOf(there);
    }

    @Test
    void aTargetWithRowsIsRefused() {
        MigrationPlan plan = plan();
        try (Storage there = database.open(database.options())) {
            there.settings().put("mine", Json.of("1"));
        }
        assertThatThrownBy(() -> Migration.migrate(plan, MigrationListener.SILENT))
                .isInstanceOf(MigrationException.class)
                .hasMessageContaining("is not empty: settings");
        assertThat(Objects.requireNonNull(plan().survey()).missing())
                .anyMatch(missing -> missing.what().contains("is not empty: settings"));
    }

    @Test
    void planningChangesNothing() throws Exception {
        byte[] before = Files.readAllBytes(file);
        plan();
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        assertThat(strings("select nspname from pg_namespace"))
                .doesNotContain("twinstore", "twinstore_moves");
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactly(file);
        }
    }

    @Test
    void aChangeInTheTargetIsNamed() throws Exception {
        MigrationPlan plan = moved();
        execute("update twinstore.session_messages set role = 'other' where seq = 3");
        execute("delete from twinstore.session_messages where seq = 5");
        VerifyReport report = Migration.verify(plan);
        assertThat(report.equal()).isFalse();
        VerifyReport.TableProof proof =
                report.tables().stream()
                        .filter(t -> t.table().equals("session_messages"))
                        .findFirst()
                        .orElseThrow();
        assertThat(proof.different()).isEqualTo(2);
        assertThat(proof.differences().get(0)).contains("integer 3", "column role");
        assertThat(proof.differences().get(1)).contains("integer 5", "missing in the target");
        assertThat(proof.sourceSha256()).isNotEqualTo(proof.targetSha256());
        assertThat(report.tables().stream().filter(t -> !t.equal())).hasSize(1);
    }

    private List<String> strings(String sql) throws Exception {
        List<String> found = new ArrayList<>();
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        }
        return found;
    }

    private void execute(String sql) throws Exception {
        try (Connection connection = database.connection();
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isPositive();
        }
    }

    private List<Object> everything(Storage storage) {
        List<Object> all = new ArrayList<>();
        all.addAll(
                storage.configs()
                        .list(io.twinstore.storage.ConfigFilter.all(), PageRequest.first())
                        .items());
        for (var session :
                storage.sessions().list(SessionFilter.all(), PageRequest.first()).items()) {
            all.add(session);
            all.add(storage.sessions().transcript(session.id()).toJsonArray());
            all.addAll(storage.sessions().participants(session.id()));
        }
        all.addAll(storage.settings().all(PageRequest.first()).items());
        all.addAll(storage.users().list(UserFilter.all(), PageRequest.first()).items());
        all.addAll(storage.applications().list(PageRequest.first()).items());
        return all;
    }
}
