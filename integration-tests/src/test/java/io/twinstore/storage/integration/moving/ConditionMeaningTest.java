package io.twinstore.storage.integration.moving;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Json;
import io.twinstore.storage.integration.TestPostgres;
import io.twinstore.storage.migrate.ColumnPlan;
import io.twinstore.storage.migrate.Migration;
import io.twinstore.storage.migrate.MigrationListener;
import io.twinstore.storage.migrate.MigrationPlan;
import io.twinstore.storage.migrate.MigrationSource;
import io.twinstore.storage.migrate.MigrationTarget;
import io.twinstore.storage.testkit.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is translated has the same truth on both sides, for every row of odd values. */
class ConditionMeaningTest {

    private static final int ROWS = 150;

    @TempDir private Path folder;

    private final TestDatabase database = TestPostgres.get().newDatabase();
    private final Random random = new Random(26);

    @AfterEach
    void drop() {
        database.close();
    }

    private Path file() {
        return folder.resolve("odd.db");
    }

    private static String any(Random random, String[] values) {
        return values[random.nextInt(values.length)];
    }

    /** Each value at least once, and for the rest any. */
    private String value(int row, String[] values) {
        return row < values.length ? values[row] : any(random, values);
    }

    private MigrationPlan moved() throws SQLException {
        List<String> statements = new ArrayList<>();
        statements.add(
                "create table odd (id integer primary key, i integer, j int, r real, s double,"
                        + " m numeric, t text, u varchar(20), n text collate nocase,"
                        + " k text collate rtrim, d date, e datetime, b blob, c, f boolean, g boolean,"
                        + " ts text, td text, js text, x)");
        for (int row = 0; row < ROWS; row++) {
            List<String> cells = new ArrayList<>();
            cells.add(String.valueOf(row + 1));
            for (String[] values :
                    List.of(
                            OddConditions.INTEGERS,
                            OddConditions.INTEGERS,
                            OddConditions.REALS,
                            OddConditions.REALS,
                            OddConditions.NUMBERS,
                            OddConditions.TEXTS,
                            OddConditions.TEXTS,
                            OddConditions.TEXTS,
                            OddConditions.TEXTS,
                            OddConditions.WORDS,
                            OddConditions.WORDS,
                            OddConditions.BLOBS,
                            OddConditions.BLOBS,
                            OddConditions.BITS,
                            OddConditions.BITS,
                            OddConditions.INSTANTS,
                            OddConditions.INSTANTS,
                            OddConditions.DOCUMENTS,
                            OddConditions.ANYTHING)) {
                String cell = value(row, values);
                boolean ofText = values == OddConditions.TEXTS && cell.startsWith("x'");
                cells.add(ofText ? "cast(" + cell + " as text)" : cell);
            }
            statements.add("insert into odd values (" + String.join(", ", cells) + ")");
        }
        SqliteCells.run(file(), statements.toArray(String[]::new));
        MigrationPlan plan =
                Migration.plan(
                        MigrationSource.of(file()).workingIn(folder),
                        MigrationTarget.of(database.options().postgres()).into("odd"));
        Migration.migrate(plan, MigrationListener.SILENT);
        return plan;
    }

    /** Returns the plan with this condition as a check; the plan itself translates it. */
    private MigrationPlan with(MigrationPlan plan, String condition) {
        Map<Object, @Nullable Object> all = copy(plan.toJson().toJava());
        Map<Object, @Nullable Object> table =
                copy(Objects.requireNonNull((List<?>) all.get("tables")).get(0));
        table.put("checks", List.of(Map.of("name", "c", "condition", condition)));
        all.put("tables", List.of(table));
        return MigrationPlan.of(Json.from(all), database.options().postgres());
    }

    private static Map<Object, @Nullable Object> copy(@Nullable Object fields) {
        return new LinkedHashMap<>((Map<?, ?>) fields);
    }

    private @Nullable String translated(MigrationPlan plan, String condition) {
        try {
            return with(plan, condition).tables().get(0).expressed().get(0).target();
        } catch (InvalidValueException refused) {
            return null;
        }
    }

    private static String truths(Connection connection, String table, String condition)
            throws SQLException {
        String rows = table.contains(".") ? "" : " order by id";
        String sql =
                "select case when "
                        + condition
                        + " then 't' when not "
                        + condition
                        + " then 'f' else 'n' end from "
                        + table
                        + (rows.isEmpty() ? " order by id" : rows);
        StringBuilder truths = new StringBuilder();
        try (Statement statement = connection.createStatement();
                ResultSet each = statement.executeQuery(sql)) {
            while (each.next()) {
                truths.append(each.getString(1));
            }
        }
        return truths.toString();
    }

    private void requireSame(Connection here, Connection there, String condition, String translated)
            throws SQLException {
        String sqlite;
        try {
            sqlite = truths(here, "odd", "(" + condition + "\n)");
        } catch (SQLException e) {
            assertThat(e.getMessage()).as(condition).contains("integer overflow");
            return;
        }
        assertThat(truths(there, "odd.odd", translated))
                .as(condition + " as " + translated)
                .isEqualTo(sqlite);
    }

    @Test
    void whatIsWrittenByHandMeansTheSame() throws Exception {
        MigrationPlan plan = moved();
        assertThat(plan.tables().get(0).columns())
                .extracting(ColumnPlan::codec)
                .containsExactly(
                        "bigint",
                        "bigint",
                        "bigint",
                        "double",
                        "double",
                        "double",
                        "text",
                        "text",
                        "text",
                        "text",
                        "text",
                        "text",
                        "bytea",
                        "bytea",
                        "boolean",
                        "boolean",
                        "timestamptz:seconds",
                        "timestamptz:seconds",
                        "jsonb",
                        "tagged");
        try (Connection here = SqliteCells.connect(file());
                Connection there = database.connection()) {
            for (String condition : OddConditions.HAND) {
                String translated = translated(plan, condition);
                assertThat(translated).as(condition).isNotNull();
                requireSame(here, there, condition, String.valueOf(translated));
            }
            for (String condition : OddConditions.REFUSED) {
                assertThat(translated(plan, condition)).as(condition).isNull();
            }
        }
    }

    private String expression(int depth) {
        if (depth == 0) {
            return any(random, OddConditions.ATOMS);
        }
        String one = expression(random.nextInt(depth));
        String other = expression(random.nextInt(depth));
        return switch (random.nextInt(14)) {
            case 0, 1 ->
                    "(" + one + " " + any(random, OddConditions.COMPARISONS) + " " + other + ")";
            case 2 -> "(" + one + " and " + other + ")";
            case 3 -> "(" + one + " or " + other + ")";
            case 4 -> "not " + "(" + one + ")";
            case 5 -> "(" + one + " is null)";
            case 6 ->
                    "(" + one + " in (" + other + ", " + any(random, OddConditions.LITERALS) + "))";
            case 7 ->
                    "("
                            + one
                            + " between "
                            + other
                            + " and "
                            + any(random, OddConditions.LITERALS)
                            + ")";
            case 8 -> "coalesce(" + one + ", " + other + ")";
            case 9 -> "(" + one + " " + any(random, OddConditions.OPERATORS) + " " + other + ")";
            case 10 -> any(random, OddConditions.FUNCTIONS) + "(" + one + ")";
            case 11 ->
                    "case when "
                            + one
                            + " then "
                            + other
                            + " else "
                            + any(random, OddConditions.ATOMS)
                            + " end";
            case 12 ->
                    "("
                            + one
                            + " collate "
                            + any(random, OddConditions.COLLATIONS)
                            + " = "
                            + other
                            + ")";
            default -> one + " like " + any(random, OddConditions.PATTERNS);
        };
    }

    @Test
    void whatIsPutTogetherAtRandomMeansTheSame() throws Exception {
        MigrationPlan plan = moved();
        int same = 0;
        try (Connection here = SqliteCells.connect(file());
                Connection there = database.connection()) {
            for (int i = 0; i < 8_000; i++) {
                String condition = expression(1 + random.nextInt(4));
                String translated = translated(plan, condition);
                if (translated != null) {
                    requireSame(here, there, condition, translated);
                    same++;
                }
            }
        }
        assertThat(same).isGreaterThan(1_000);
    }
}
