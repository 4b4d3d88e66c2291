package io.twinstore.storage.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read of SQLite's statements, and in which words PostgreSQL gets it. */
class TranslationTest {

    private static ColumnPlan column(
            String name, String declared, String codec, Map<String, Long> cells, long residue) {
        return new ColumnPlan(
                name, name, declared, codec, false, null, false, cells, residue, 8, "why");
    }

    private static final Translation TRANSLATION =
            new Translation(
                    "t",
                    "create table t (n int, s text, c text collate NoCase)",
                    List.of(
                            column("n", "int", "bigint", Map.of("integer", 2L, "null", 1L), 0),
                            column("s", "text", "text", Map.of("text", 3L), 0),
                            column("c", "text", "text", Map.of("text", 3L), 0),
                            column("kept", "text", "text", Map.of("text", 2L, "blob", 1L), 1),
                            column("edited", "text", "bigint", Map.of("text", 3L), 0),
                            column("true", "int", "bigint", Map.of(), 0)));

    private static List<String> checks(String sql) throws UntranslatableException {
        return TableStatement.of(sql).checks().stream()
                .map(check -> check.name() + " " + check.column() + " " + check.condition())
                .toList();
    }

    @Test
    void checksAreFoundWhereverTheyStand() throws Exception {
        assertThat(
                        checks(
                                "CREATE TABLE \"a (check\" ( -- CHECK (no)\n"
                                        + " id INTEGER PRIMARY KEY, /* check (no) */"
                                        + " [b check (no)] DECIMAL(10, 2) DEFAULT (1 + (2)) CONSTRAINT one"
                                        + " CHECK ([b check (no)] > 0) NOT NULL check(1),"
                                        + " `c` TEXT DEFAULT 'check (no)' COLLATE \"nocase\""
                                        + " REFERENCES x (check_it) ON DELETE CASCADE,"
                                        + " d AS (id + 1) STORED,"
                                        + " CHECK ((id > 0) AND c <> ')' ) ON CONFLICT FAIL"
                                        + " constraint \"two \"\"too\" check (x'28' <> c)"
                                        + " UNIQUE (c COLLATE BINARY), FOREIGN KEY (id) REFERENCES y (z))"
                                        + " STRICT"))
                .containsExactly(
                        "one b check (no) [b check (no)] > 0",
                        "null b check (no) 1",
                        "null null (id > 0) AND c <> ')'",
                        "two \"too null x'28' <> c");
    }

    @Test
    void collationsAreThoseOfTheColumns() throws Exception {
        TableStatement statement =
                TableStatement.of(
                        "create table t (a text collate nocase, \"B\" text not null collate [rtrim],"
                                + " c text default (a collate nocase), primary key (c collate nocase))");
        assertThat(statement.collation("A")).isEqualTo("nocase");
        assertThat(statement.collation("b")).isEqualTo("rtrim");
        assertThat(statement.collation("c")).isEqualTo("BINARY");
    }

    @Test
    void indexesAreOverWhatTheySay() throws Exception {
        assertThat(
                        IndexStatement.of(
                                "CREATE UNIQUE INDEX \"i (\" ON t (a DESC, lower(b, ',') COLLATE nocase ASC,"
                                        + " \"desc\", desc, (c) /* , */) WHERE a > ')' AND (b) -- all"))
                .isEqualTo(
                        new IndexStatement(
                                List.of(
                                        "a",
                                        "lower(b, ',') COLLATE nocase",
                                        "\"desc\"",
                                        "desc",
                                        "(c)"),
                                "a > ')' AND (b) -- all"));
        assertThat(IndexStatement.of("create index i on t (a)").condition()).isNull();
        for (String broken :
                List.of(
                        "",
                        "create index i on t",
                        "create index i on t (a",
                        "create index i on t ()")) {
            assertThatThrownBy(() -> IndexStatement.of(broken))
                    .as(broken)
                    .isInstanceOf(UntranslatableException.class);
        }
        for (String broken :
                List.of("", "create table t", "create table t (a", "create table t (a '")) {
            assertThatThrownBy(() -> TableStatement.of(broken))
                    .as(broken)
                    .isInstanceOf(UntranslatableException.class);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    n > 0                       | ("n" > 0)
                    N>0 and not "S" is null     | (("n" > 0) and (not ("s" is null)))
                    n or s = 'x'                | (("n" <> 0) or ("s" = 'x'::text))
                    s = "no column"             | ("s" = 'no column'::text)
                    s < 'a'                     | ("s" collate "C" < 'a'::text)
                    s = 'it''s \\'              | ("s" = E'it''s \\\\'::text)
                    n < 2.5                     | ("n" < 2.5)
                    n in (1, 2)                 | ("n" in (1, 2))
                    c = 'A'                     | (lower("c" collate "C") collate "C" = lower('A'::text collate "C"))
                    s like '100!%' escape '!'   | (lower("s" collate "C") like E'100\\\\%')
                    length(s) + 1 < 5           | (((length("s"))::bigint + (1)::bigint) < 5)
                    true = 1                    | ("true" = 1)
                    false = n                   | (0 = "n")
                    n = -1                      | ("n" = (-1))
                    n is not distinct from 1    | ("n" is not distinct from 1)
                    n between 1 and 2 and n     | ((("n" >= 1) and ("n" <= 2)) and ("n" <> 0))
                    """)
    void conditionsAreSaidInPostgresWords(String source, String target) throws Exception {
        assertThat(TRANSLATION.condition(source)).isEqualTo(target);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    printf('%d', n) = '5' | it uses the function printf
                    s glob 'a*'           | it uses GLOB
                    n + 1 > 0             | it computes with +, and beyond 64 bits SQLite goes on with a real
                    kept = 'a'            | column kept has cells that go as something else
                    kept is null          | column kept has cells that go as something else
                    edited > 0            | column edited has cells that go as something else
                    n = 'a'               | it compares an integer with text
                    rowid > 1             | it speaks of the rowid
                    "rowid" > 1           | it speaks of the rowid
                    nowhere > 1           | it speaks of nowhere, which is no column
                    n = (select 1)        | it has a subquery
                    cast(n as text) = '1' | it uses CAST
                    s collate mine = 'a'  | it compares by a collation of the application's own
                    (n, s) = (1, 'a')     | it compares several values at once
                    n > 0) or (1          | its SQL cannot be read at ')'
                    n > 0; drop table t   | its SQL cannot be read at ';'
                    s = 'a                | its SQL cannot be read at character 5
                    s                     | it takes text for a truth value
                    """)
    void theRestIsRefusedByName(String source, String reason) {
        assertThatThrownBy(() -> TRANSLATION.condition(source))
                .isInstanceOf(UntranslatableException.class)
                .hasMessage(reason);
    }

    @Test
    void whatIsTooDeepOrTooLongIsRefusedAndNothingElseHappens() {
        for (String source :
                List.of(
                        "(".repeat(100_000) + "n" + ")".repeat(100_000),
                        "not ".repeat(100_000) + "n",
                        "- ".repeat(100_000) + "n",
                        "n" + " or n".repeat(100_000),
                        "n in (" + "1, ".repeat(100_000) + "1)",
                        "x'" + "00".repeat(100_000) + "1'",
                        "1e99999999999 = n",
                        "s = '\0'",
                        "s = '\ufffd'")) {
            assertThatThrownBy(() -> TRANSLATION.condition(source))
                    .isInstanceOf(UntranslatableException.class);
        }
    }

    @Test
    void keysAreEqualWhereSqliteSaysSo() throws Exception {
        assertThat(TRANSLATION.key("s", true)).isEqualTo("\"s\"");
        assertThat(TRANSLATION.key("'s'", true)).isEqualTo("\"s\"");
        assertThat(TRANSLATION.key("c", true)).isEqualTo("(lower(\"c\" collate \"C\"))");
        assertThat(TRANSLATION.key("c collate binary", true)).isEqualTo("\"c\"");
        assertThat(TRANSLATION.key("s collate rtrim", true)).isEqualTo("(rtrim(\"s\", ' '))");
        assertThat(TRANSLATION.key("n % 7", true)).isEqualTo("(((\"n\")::bigint % (7)::bigint))");
        for (String none : List.of("1", "null", "kept", "'nowhere'", "n + n")) {
            assertThatThrownBy(() -> TRANSLATION.key(none, true))
                    .as(none)
                    .isInstanceOf(UntranslatableException.class);
        }
    }
}
