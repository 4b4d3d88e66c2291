package io.twinstore.storage.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Cases in which a row could come to refer to another file's row, or be altered: what became of
 * each table's rows, as {@code TABLE added same apart}.
 */
class MergeCasesTest {

    private static final String PARENT = "create table p (k text primary key, v);";
    private static final String NOCASE = "create table p (k text collate nocase primary key, v);";
    private static final String BARE =
            "create table p (k text collate nocase primary key, v) without rowid;";
    private static final String CHILD =
            "create table c (id integer primary key, k text references p (k));";
    private static final String NUMBERED = "create table p (id integer primary key, v);";
    private static final String REFERRING =
            "create table c (id integer primary key, p integer references p);";

    @TempDir private Path folder;

    private int made;

    /** Merges files that are made by these statements, and looks at the result. */
    private List<String> merged(String... files) throws Exception {
        return asked("select null where false", files);
    }

    private List<String> asked(String query, String... files) throws Exception {
        List<SnapshotFile> snapshots = new ArrayList<>();
        try {
            for (String statements : files) {
                Path file = folder.resolve("f" + made++ + ".db");
                try (Connection sqlite = OwnFile.connect(file)) {
                    for (String statement : statements.split(";", -1)) {
                        if (!statement.isBlank()) {
                            OwnFile.execute(sqlite, statement);
                        }
                    }
                }
                snapshots.add(SnapshotFile.of(file, folder.resolve("work"), false));
            }
            List<String> told = new ArrayList<>();
            for (MergedTable table : new Merging(snapshots).run()) {
                told.add(
                        "%s %d %d %d"
                                .formatted(
                                        table.table(), table.added(), table.same(), table.apart()));
            }
            try (Connection result = OwnFile.connect(snapshots.get(0).copy())) {
                told.addAll(OwnFile.all(result, query));
            }
            return told;
        } finally {
            for (SnapshotFile snapshot : snapshots) {
                snapshot.close();
            }
        }
    }

    @Test
    void theCollationOfEachFileSaysWhatARowRefersTo() throws Exception {
        assertThat(
                        merged(
                                PARENT + CHILD + "insert into p values ('X', 'A')",
                                NOCASE
                                        + CHILD
                                        + "insert into p values ('x', 'B');"
                                        + "insert into c values (1, 'X')"))
                .as("it would find the other file's, and not its own")
                .containsExactly("c 0 0 1", "p 1 0 0");
        assertThat(
                        merged(
                                PARENT + CHILD,
                                NOCASE
                                        + CHILD
                                        + "insert into p values ('x', 'B');"
                                        + "insert into c values (1, 'X'), (2, 'x')"))
                .as("it would find none")
                .containsExactly("c 1 0 1", "p 1 0 0");
        assertThat(
                        merged(
                                NOCASE + CHILD + "insert into c values (1, 'x')",
                                PARENT + CHILD + "insert into p values ('X', 'B')"))
                .as("an orphan would find it")
                .containsExactly("c 0 0 0", "p 0 0 1");
        assertThat(
                        merged(
                                PARENT
                                        + "create table c (id, k text collate nocase references p (k));"
                                        + "insert into c values (1, 'x'), (2, 'X')",
                                PARENT + "insert into p values ('X', 'B')"))
                .as("one of two orphans would find it")
                .containsExactly("p 0 0 1");
    }

    @Test
    void aTableWithoutRowidHasItsCollation() throws Exception {
        assertThat(
                        merged(
                                BARE + CHILD + "insert into c values (1, 'x')",
                                BARE + CHILD + "insert into p values ('X', 'B')"))
                .containsExactly("c 0 0 0", "p 0 0 1");
        assertThat(
                        merged(
                                BARE
                                        + CHILD
                                        + "insert into p values ('x', 'A');"
                                        + "insert into c values (1, 'X')",
                                BARE
                                        + CHILD
                                        + "insert into p values ('x', 'B');"
                                        + "insert into c values (1, 'X')"))
                .containsExactly("c 0 0 1", "p 0 0 1");
        assertThat(
                        merged(
                                BARE + CHILD,
                                BARE
                                        + CHILD
                                        + "insert into p values ('x', 'B');"
                                        + "insert into c values (1, 'X')"))
                .containsExactly("c 1 0 0", "p 1 0 0");
    }

    @Test
    void theTypeOfTheParentSaysWhatARowRefersTo() throws Exception {
        String child = "create table c (id integer primary key, k integer references p (k));";
        assertThat(
                        merged(
                                PARENT + child + "insert into p values ('7', 'A')",
                                PARENT
                                        + child
                                        + "insert into p values ('07', 'B');"
                                        + "insert into c values (1, 7)"))
                .containsExactly("c 0 0 1", "p 1 0 0");
    }

    @Test
    void aReferenceToAKeyIsToThatOfEitherFile() throws Exception {
        assertThat(
                        merged(
                                NUMBERED + REFERRING + "insert into c values (1, 5)",
                                "create table p (id integer, v text primary key);"
                                        + "insert into p values (5, 'five')"))
                .containsExactly("p 0 0 1");
        assertThat(
                        merged(
                                NUMBERED + REFERRING + "insert into p values (1, 100)",
                                "create table p (id integer, v integer primary key);"
                                        + REFERRING
                                        + "insert into p values (7, 1);"
                                        + "insert into c values (1, 1)"))
                .containsExactly("c 0 0 1", "p 1 0 0");
    }

    @Test
    void aDefaultMakesNoReference() throws Exception {
        String defaulting =
                "create table c (id integer primary key, p integer default 1 references p);";
        assertThat(
                        merged(
                                NUMBERED + defaulting + "insert into p values (1, 'A')",
                                "create table c (id integer primary key);"
                                        + "insert into c values (9)"))
                .containsExactly("c 0 0 1");
        assertThat(
                        asked(
                                "select coalesce(p, 'none') from c",
                                NUMBERED
                                        + "create table c (id integer primary key);"
                                        + "insert into p values (1, 'A');"
                                        + "insert into c values (9)",
                                NUMBERED + defaulting))
                .containsExactly("c 0 0 0", "p 0 0 0", "none");
        assertThat(
                        merged(
                                "create table p (id integer primary key, code text unique default 'no');"
                                        + "create table c (id, code text references p (code));"
                                        + "insert into c values (1, 'no')",
                                "create table p (id integer primary key); insert into p values (5)"))
                .containsExactly("p 0 0 1");
    }

    @Test
    void anOrphanStaysOneEvenWhereBothHaveIt() throws Exception {
        assertThat(
                        merged(
                                NUMBERED
                                        + REFERRING
                                        + "insert into p values (5, 'A');"
                                        + "insert into c values (1, 5)",
                                NUMBERED + REFERRING + "insert into c values (1, 5)"))
                .containsExactly("c 0 0 1", "p 0 0 0");
        assertThat(
                        asked(
                                "select coalesce(p, 'none') from c",
                                NUMBERED
                                        + "create table c (id integer primary key);"
                                        + "insert into p values (5, 'A');"
                                        + "insert into c values (1)",
                                NUMBERED + REFERRING + "insert into c values (1, 5)"))
                .as("what it had of the other's row is taken away again")
                .containsExactly("c 0 0 1", "p 0 0 0", "none");
        assertThat(
                        merged(
                                "create table c (id integer primary key, p integer)",
                                REFERRING + "insert into c values (1, 7)",
                                NUMBERED + "insert into p values (7, 'C')"))
                .as("a reference of the second file holds for the third")
                .containsExactly("c 1 0 0", "p 0 0 1");
    }

    @Test
    void whatALaterFileDeclaresHoldsForThoseBefore() throws Exception {
        String plain = "create table c (id integer primary key, p integer);";
        assertThat(
                        merged(
                                plain + "insert into c values (1, 7)",
                                NUMBERED + "insert into p values (7, 'B')",
                                REFERRING))
                .containsExactly("p 0 0 1", "c 0 0 0");
    }

    @Test
    void aColumnThatIsFilledMakesNoParent() throws Exception {
        String child = "create table c (id integer primary key, code text";
        assertThat(
                        asked(
                                "select coalesce(code, 'none') from p",
                                "create table p (id integer primary key);"
                                        + child
                                        + ");"
                                        + "insert into p values (1);"
                                        + "insert into c values (1, 'x')",
                                "create table p (id integer primary key, code text unique);"
                                        + child
                                        + " references p (code));"
                                        + "insert into p values (1, 'x')"))
                .containsExactly("c 0 0 0", "p 0 0 1", "none");
    }

    @Test
    void aKeyMayCompareOtherwiseThanItsColumn() throws Exception {
        String table =
                "create table t (k text collate nocase, v, primary key (k collate binary))"
                        + " without rowid;";
        assertThat(
                        merged(
                                table + "insert into t values ('x', 1), ('X', 2)",
                                table + "insert into t values ('x', 1), ('X', 3)"))
                .containsExactly("t 0 1 1");
        assertThat(merged("create table o (a)", table + "insert into t values ('x', 1), ('X', 2)"))
                .containsExactly("t 2 0 0");
    }

    @Test
    void aParentThatIsThereTwiceIsApart() throws Exception {
        String tables =
                "create table p (id integer primary key, code text);"
                        + "create table c (id integer primary key, code text references p (code));";
        assertThat(
                        merged(
                                tables
                                        + "insert into p values (1, 'x');"
                                        + "insert into c values (1, 'x')",
                                tables
                                        + "create unique index one on p (code);"
                                        + "insert into p values (2, 'x');"
                                        + "insert into c values (2, 'x')"))
                .containsExactly("c 0 0 1", "p 0 0 1");
    }

    @Test
    void noNumberIsTakenAtRandom() throws Exception {
        String log = "create table log (line);";
        assertThat(
                        merged(
                                log
                                        + "insert into log (rowid, line) values"
                                        + " (9223372036854775807, 'a')",
                                log + "insert into log values ('b'), ('c')"))
                .containsExactly("log 0 0 2");
        assertThat(
                        merged(
                                "create table t (id integer primary key autoincrement, v);"
                                        + "insert into t values (9223372036854775807, 'A')",
                                "create table t (id integer, v); insert into t values (null, 'B')"))
                .containsExactly("t 0 0 1");
        assertThat(
                        asked(
                                "select seq from sqlite_sequence",
                                "create table t (id integer primary key)",
                                "create table t (id integer primary key autoincrement);"
                                        + "insert into t values (9); delete from t"))
                .as("a number that was given out stays given out")
                .containsExactly("t 0 0 0", "9");
    }

    @Test
    void aZeroKeepsItsSign() throws Exception {
        Path other = folder.resolve("zeros.db");
        try (Connection sqlite = OwnFile.connect(other)) {
            OwnFile.execute(sqlite, "create table t (id integer primary key, v)");
            try (PreparedStatement insert =
                    sqlite.prepareStatement("insert into t values (?, ?)")) {
                insert.setInt(1, 1);
                insert.setDouble(2, -0.0);
                insert.executeUpdate();
                insert.setInt(1, 2);
                insert.setDouble(2, 0.5);
                insert.executeUpdate();
            }
        }
        Path first = folder.resolve("reals.db");
        try (Connection sqlite = OwnFile.connect(first)) {
            OwnFile.execute(sqlite, "create table t (id integer primary key, v real)");
        }
        try (SnapshotFile one = SnapshotFile.of(first, folder.resolve("work"), false);
                SnapshotFile two = SnapshotFile.of(other, folder.resolve("work"), false)) {
            assertThat(new Merging(List.of(one, two)).run())
                    .extracting(MergedTable::added, MergedTable::apart)
                    .containsExactly(tuple(1L, 1L));
        }
    }

    @Test
    void oddNamesAndTypesAreTaken() throws Exception {
        assertThat(
                        merged(
                                "create table twinstore (a)",
                                "create table t (rowid text, _rowid_ text, oid integer primary key);"
                                        + "insert into t values ('a', 'b', 1)",
                                "create table t (rowid text, _rowid_ text, oid text primary key)"
                                        + " without rowid; insert into t values ('a', 'b', 'c')"))
                .containsExactly("t 1 0 0", "t 0 0 1");
        assertThat(
                        asked(
                                "select coalesce(x, 'none') from t",
                                "create table t (id integer primary key); insert into t values (1)",
                                "create table t (id integer primary key, x \"default 5\");"
                                        + "insert into t values (2, 7)"))
                .containsExactly("t 1 0 0", "none", "7");
        assertThat(
                        merged(
                                "create table t (a text unique, id integer unique);"
                                        + "insert into t values (null, 1)",
                                "create table t (a text unique, id integer unique);"
                                        + "insert into t values (null, 1)"))
                .as("by a rule that has a value")
                .containsExactly("t 0 1 0");
        assertThat(
                        merged(
                                "create table t (id integer primary key, v,"
                                        + " g as (json_extract(v, '$.a')))",
                                "create table t (id integer primary key, v);"
                                        + "insert into t values (5, '{'), (2, '{}')"))
                .as("a row that a function will not have is apart")
                .containsExactly("t 1 0 1");
    }
}
