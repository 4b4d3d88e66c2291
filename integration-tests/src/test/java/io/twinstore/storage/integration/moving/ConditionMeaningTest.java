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

    private static final String[] INTEGERS = {
        "null",
        "0",
        "1",
        "-1",
        "2",
        "5",
        "7",
        "9223372036854775807",
        "-9223372036854775808",
        "9007199254740992",
        "9007199254740993",
        "-9007199254740993"
    };
    private static final String[] REALS = {
        "null",
        "0.0",
        "-0.0",
        "0.5",
        "-1.0",
        "5.0",
        "1e308",
        "9e999",
        "-9e999",
        "0.1",
        "1e-320",
        "9007199254740992.0"
    };

    /** Mostly reals, and integers of which a real cannot hold all. */
    private static final String[] NUMBERS = {
        "null",
        "0",
        "1",
        "0.5",
        "-3.5",
        "5",
        "2.25",
        "9007199254740993",
        "-9007199254740993",
        "7.5",
        "0.25",
        "1e10 + 0.5",
        "-0.5",
        "3.75",
        "9.125"
    };

    private static final String[] TEXTS = {
        "null",
        "''",
        "' '",
        "'a'",
        "'A'",
        "'a '",
        "'b'",
        "'ab'",
        "'aB'",
        "'\u00e9'",
        "'\u00c9'",
        "'\ud83d\ude00'",
        "'\uffee'",
        "'%'",
        "'_'",
        "'a%b'",
        "'a\\b'",
        "'it''s'",
        "'5'",
        "' 5 '",
        "'1e3'",
        "'Z'",
        "'z'",
        "'['",
        "'a_b'",
        "'ABC'",
        "'abcd'",
        "'\u0130'",
        "'\u0131'",
        "'K'",
        "'\u212a'",
        "x'c3a9'",
        "'05'",
        "char(9) || 'a'"
    };
    private static final String[] WORDS = {"null", "'2026-01-05'", "'today'", "''", "'a'", "'A'"};
    private static final String[] BLOBS = {"null", "x''", "x'00'", "x'00ff'", "x'61'", "x'ff'"};
    private static final String[] BITS = {"null", "0", "1"};
    private static final String[] INSTANTS = {
        "null", "'2026-02-05 12:34:56'", "'2026-02-05 12:34:57'", "'0001-01-01 00:00:00'"
    };
    private static final String[] DOCUMENTS = {"null", "'{\"a\": 1}'", "'[1, 2]'"};
    private static final String[] ANYTHING = {"null", "1", "'1'", "1.0", "x'31'", "'b'"};

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
                            INTEGERS, INTEGERS, REALS, REALS, NUMBERS, TEXTS, TEXTS, TEXTS, TEXTS,
                            WORDS, WORDS, BLOBS, BLOBS, BITS, BITS, INSTANTS, INSTANTS, DOCUMENTS,
                            ANYTHING)) {
                String cell = value(row, values);
                boolean ofText = values == TEXTS && cell.startsWith("x'");
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
            for (String condition : HAND) {
                String translated = translated(plan, condition);
                assertThat(translated).as(condition).isNotNull();
                requireSame(here, there, condition, String.valueOf(translated));
            }
            for (String condition : REFUSED) {
                assertThat(translated(plan, condition)).as(condition).isNull();
            }
        }
    }

    private static final String[] HAND = {
        "i",
        "not i",
        "i > 0",
        "i >= 9007199254740993",
        "i = 5.0",
        "i < 0.5",
        "i > 1e15",
        "i = 0x7f",
        "i between -1 and 5",
        "i not between 0 and 1",
        "i in (0, 1, 2.0, null)",
        "i not in (0, 1)",
        "i in ()",
        "i not in ()",
        "i is null",
        "i is not null",
        "i isnull",
        "i notnull",
        "i not null",
        "i is 5",
        "i is not 5",
        "i is not distinct from j",
        "i is distinct from j",
        "i = j",
        "i <> j",
        "i == j",
        "i != j",
        "i < j",
        "i is true",
        "i is not true",
        "i is false",
        "r is not false",
        "r > 0",
        "r = 0",
        "r",
        "r >= 0.5",
        "r = s",
        "r < s",
        "r = -0.0",
        "r <> 1e22",
        "m > 0",
        "m = 2.25",
        "m",
        "m between 0 and 10",
        "m in (0, 0.5, 5)",
        "m >= 9007199254740991",
        "t = 'a'",
        "t <> ''",
        "t < 'a'",
        "t >= 'é'",
        "t = u",
        "t < u",
        "t > 'Z' and u < 'z'",
        "t in ('a', 'A', 'é')",
        "t between 'A' and 'Z'",
        "t is 'a'",
        "t is not 'a'",
        "t = \"a\"",
        "n = 'a'",
        "n < 'b'",
        "n in ('AB', 'z')",
        "n = t",
        "t = n",
        "t collate nocase = u",
        "t = u collate nocase",
        "t collate binary = n",
        "n between 'A' and 'ab'",
        "n is 'A'",
        "k = 'a'",
        "k < 'b'",
        "k = t",
        "t collate rtrim = 'a '",
        "+n = 'A'",
        "d > '2026-01-01'",
        "d = 'today'".replace("'today'", "'today'"),
        "d < e",
        "d = e",
        "b = x'00'",
        "b < x'61'",
        "b = c",
        "b > c",
        "b in (x'', x'00ff')",
        "b is x'61'",
        "f",
        "not f",
        "f = 1",
        "f = 0",
        "f in (0, 1)",
        "f <> 1",
        "f = g",
        "f < g",
        "f >= 0",
        "f = 2",
        "f > -1",
        "f = i",
        "f = true",
        "f is true",
        "f + g = 1",
        "f + g <= 1",
        "f * 2 > g",
        "f = 0.5",
        "(i is null) + (t is null) <= 1",
        "(i > 0) = (j > 0)",
        "(i > 0) + f = 2",
        "(t = 'a') is null",
        "ts = '2026-02-05 12:34:56'",
        "ts <> td",
        "ts in ('2026-02-05 12:34:57')",
        "ts is td",
        "ts is null or td is not null",
        "js is null",
        "x is not null",
        "x is null",
        "length(t) > 1",
        "length(t) between 1 and 3",
        "length(b) = 2",
        "length(trim(t)) > 0",
        "lower(t) = t",
        "upper(t) = t",
        "lower(t) = 'a'",
        "upper(t) < 'B'",
        "trim(t) <> ''",
        "ltrim(t) = rtrim(t)",
        "instr(t, 'a') > 0",
        "instr(t, '') = 1",
        "instr(t, u) > 0",
        "substr(t, 1, 1) = 'a'",
        "substr(t, 2) = 'b'",
        "substr(t, 1, 0) = ''",
        "abs(f - g) = 1",
        "coalesce(i, 0) > 0",
        "ifnull(t, '') <> ''",
        "coalesce(t, u, 'x') = 'a'",
        "coalesce(f, 0) = 1",
        "coalesce(f, 5) = 5",
        "coalesce(r, 0) >= 0",
        "coalesce(n, 'A') = 'a'",
        "i % 2 = 0",
        "i / 2 > 3",
        "i % 7 < 0",
        "i / 9223372036854775807 = 1",
        "length(t) + length(u) * 2 < 7",
        "length(t) - 5 < 0",
        "-length(t) < -1",
        "t like 'a%'",
        "t like '_'",
        "t like 'A_B'",
        "t not like '%b'",
        "t like 'É'",
        "t like 'a\\b'",
        "t like 'a!%b' escape '!'",
        "t like '!!%' escape '!'",
        "t like '%\\%'",
        "t like ''",
        "t like '%'",
        "n like 'AB%'",
        "t like 'i'",
        "t like '%k%'",
        "t || u = 'ab'",
        "t || 'x' > 'b'",
        "typeof(i) = 'integer'",
        "typeof(t) = 'text'",
        "typeof(r) in ('real', 'null')",
        "typeof(b) <> 'blob'",
        "typeof(f) = 'integer'",
        "typeof(ts) = 'text'",
        "case when i > 0 then t = 'a' else u = 'b' end",
        "case when f then i when g then j end > 0",
        "case when i then 1 else 0 end",
        "case when i is null then 'x' else t end < 'b'",
        "t = 'a' or u = 'b' and i > 0",
        "not t = 'a' and not not i",
        "(t = 'a' or u = 'b') and i > 0",
        "i > 0 -- and a comment",
        "/* one */ i > /* two */ 0",
        "odd.i > 0",
        "\"odd\".[t] = 'a'",
        "`i` > 0 and \"t\" < 'b'",
        "I > 0 AND T IN ('a')",
        "null",
        "1",
        "0",
        "'a' = 'a'",
        "1 = 1.0",
        "i = null",
        "null is null",
        "t is null = 0",
        "i > 0 is null",
        "true",
        "not false",
        "i = 1 = 1",
        "i < j = 1",
        "f = (i > 0)",
        "1 between f and i",
        "i in (j, 5)",
        "t in (u, 'a')",
        "i is not null and i <> 0 or r is null",
        "t > 'a' collate nocase",
        "'a' < t",
        "5 > i",
        "0.5 < i",
        "'a' < 'B'",
        "'\u00e9' < 'z'",
        "case when i then 'a' else 'B' end < 'b'",
        "i <> 9223372036854775807",
        "i = -9223372036854775808",
        "i between 0.5 and 7",
        "cast_free is null".replace("cast_free", "i")
    };

    private static final String[] REFUSED = {
        "i + j > 0",
        "i * 2 > 0",
        "i - 1 > 0",
        "i / j = 1",
        "i % 0 = 1",
        "i % -1 = 0",
        "-i < 0",
        "abs(r) > 1",
        "r + 1 > 0",
        "r = i",
        "m = r",
        "m = i",
        "r > 9007199254740992",
        "i = '5'",
        "t = 5",
        "t = x'61'",
        "t",
        "b",
        "not t",
        "d = '5'",
        "d = t",
        "d < lower(t)",
        "d > ' 1e3 '",
        "ts > '2026-01-01 00:00:00'",
        "ts < td",
        "ts = '2026-01-01'",
        "ts = t",
        "ts like '2026%'",
        "js = '[1, 2]'",
        "json_valid(js)",
        "json_extract(js, '$.a') = 1",
        "x = 1",
        "x > 0",
        "x",
        "typeof(x) = 'text'",
        "typeof(m) = 'real'",
        "t glob 'a*'",
        "t regexp 'a'",
        "t match 'a'",
        "t like u",
        "t like 'a' escape u",
        "t like 'a!' escape '!'",
        "i like '5%'",
        "printf('%d', i) = '5'",
        "date(t) is not null",
        "cast(t as integer) = 5",
        "random() > 0",
        "max(i, j) > 0",
        "i & 1",
        "i | 1",
        "i << 1 = 2",
        "~i",
        "rowid > 0",
        "\"rowid\" > 0",
        "nowhere = 1",
        "[nowhere] = 1",
        "other.i = 1",
        "main.odd.i = 1",
        "(i, j) = (1, 2)",
        "i in (select 1)",
        "exists (select 1)",
        "i = ?",
        "i = :a",
        "i = 99999999999999999999",
        "r = 0.12345678901234567",
        "r = 1e40",
        "t = 'a",
        "t = \"a",
        "i >",
        "i > 0)",
        "(i > 0",
        "",
        "i 0",
        "i = 0x",
        "i = 1_",
        "i = x'0'",
        "t collate mine = 'a'",
        "(t collate nocase) || u = 'a'",
        "lower(t collate nocase) = 'a'",
        "t in ('a' collate nocase)",
        "i -> '$'",
        "case i when 1 then 1 end",
        "current_timestamp > t",
        "count(*) > 0",
        "i > 0; drop table odd",
        "i > 0) or (1 = 1",
        "length(i) = 1",
        "length(r) = 3",
        "substr(t, -1) = 'a'",
        "substr(t, i) = 'a'",
        "substr(t, 0, 1) = ''",
        "coalesce(i, 'a') = 1",
        "coalesce(m, 0) > 0",
        "t = 'nul\0'",
        "t = '�'",
        "i between 1",
        "i is",
        "i not 5",
        "i and"
    };

    private String expression(int depth) {
        if (depth == 0) {
            return any(random, ATOMS);
        }
        String one = expression(random.nextInt(depth));
        String other = expression(random.nextInt(depth));
        return switch (random.nextInt(14)) {
            case 0, 1 -> "(" + one + " " + any(random, COMPARISONS) + " " + other + ")";
            case 2 -> "(" + one + " and " + other + ")";
            case 3 -> "(" + one + " or " + other + ")";
            case 4 -> "not " + "(" + one + ")";
            case 5 -> "(" + one + " is null)";
            case 6 -> "(" + one + " in (" + other + ", " + any(random, LITERALS) + "))";
            case 7 -> "(" + one + " between " + other + " and " + any(random, LITERALS) + ")";
            case 8 -> "coalesce(" + one + ", " + other + ")";
            case 9 -> "(" + one + " " + any(random, OPERATORS) + " " + other + ")";
            case 10 -> any(random, FUNCTIONS) + "(" + one + ")";
            case 11 ->
                    "case when " + one + " then " + other + " else " + any(random, ATOMS) + " end";
            case 12 -> "(" + one + " collate " + any(random, COLLATIONS) + " = " + other + ")";
            default -> one + " like " + any(random, PATTERNS);
        };
    }

    private static final String[] LITERALS = {
        "0",
        "1",
        "-1",
        "2",
        "5",
        "0.5",
        "-3.0",
        "'a'",
        "'A '",
        "''",
        "'b'",
        "'5'",
        "x'00'",
        "null",
        "true",
        "'2026-02-05 12:34:56'",
        "9007199254740993",
        "'é'"
    };
    private static final String[] ATOMS = {
        "i", "j", "r", "s", "m", "t", "u", "n", "k", "d", "e", "b", "c", "f", "g", "ts", "td", "js",
        "x", "0", "1", "-1", "2", "0.5", "'a'", "'A'", "''", "'5'", "x'61'", "null", "t", "u", "i",
        "f"
    };
    private static final String[] COMPARISONS = {
        "=", "<>", "<", "<=", ">", ">=", "is", "is not", "==", "!=", "is distinct from"
    };
    private static final String[] OPERATORS = {"+", "-", "*", "/", "%", "||"};
    private static final String[] FUNCTIONS = {
        "length", "lower", "upper", "trim", "ltrim", "rtrim", "abs", "typeof", "+", "-"
    };
    private static final String[] COLLATIONS = {"nocase", "binary", "rtrim"};
    private static final String[] PATTERNS = {
        "'a%'", "'_'", "'%B%'", "'\\%'", "'%a!_%' escape '!'"
    };

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
