package io.twinstore.storage.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Merges files that are made at random, and holds what comes of them against the files themselves:
 * each row is there once, cell for cell, and refers to what it referred to in its own file.
 */
class MergePropertyTest {

    private static final int MERGES = 150;

    @TempDir private Path folder;

    /**
     * What the merges ended with, so that the test does not pass on files that have nothing to it.
     */
    private long added;

    private long same;
    private long apart;

    @Test
    void eachRowIsThereOnceAndRefersToWhatItReferredTo() throws Exception {
        for (int seed = 0; seed < MERGES; seed++) {
            merge(seed);
        }
        assertThat(added).isGreaterThan(MERGES);
        assertThat(same).isGreaterThan(MERGES / 4);
        assertThat(apart).isGreaterThan(MERGES);
    }

    private void merge(int seed) throws Exception {
        Random random = new Random(seed);
        GeneratedFile.Shape shape = GeneratedFile.Shape.of(random);
        List<Path> made = new ArrayList<>();
        List<SnapshotFile> files = new ArrayList<>();
        try {
            for (int i = random.nextInt(4) == 0 ? 0 : 1; i < 3; i++) {
                Path file = folder.resolve("merge" + seed + "_" + i + ".db");
                new GeneratedFile(random, shape).make(file);
                made.add(file);
                files.add(SnapshotFile.of(file, folder.resolve("work"), false));
            }
            check(seed, made, new Merging(files).run(), files.get(0).copy());
        } finally {
            for (SnapshotFile file : files) {
                file.close();
            }
        }
    }

    private void check(int seed, List<Path> made, List<MergedTable> merged, Path result)
            throws SQLException {
        try (Connection all = OwnFile.connect(result)) {
            for (int i = 0; i < made.size(); i++) {
                OwnFile.execute(all, "attach database '" + made.get(i) + "' as file" + i);
            }
            for (String table : GeneratedFile.TABLES) {
                check("seed " + seed + ", " + table, all, table, made, merged);
            }
        }
    }

    private void check(
            String what, Connection all, String table, List<Path> made, List<MergedTable> merged)
            throws SQLException {
        long expected = 0;
        for (int i = 0; i < made.size(); i++) {
            String file = "file" + i;
            List<String> columns = columns(all, file, table);
            if (columns.isEmpty()) {
                continue;
            }
            MergedTable account = account(merged, made.get(i), table);
            String aside = account == null ? null : account.apartTable();
            List<String> rows = rows(all, file, table, columns);
            List<String> wentAside = aside == null ? List.of() : rows(all, "main", aside, columns);
            assertThat(rows).as(what + " of " + file + ", apart").containsAll(wentAside);
            List<String> stayed = without(rows, wentAside);
            long in = account == null ? rows.size() : account.added();
            expected += in;
            count(account);
            if (account != null) {
                assertThat(account.added() + account.same() + account.apart())
                        .as(what + " of " + file + ", account")
                        .isEqualTo(rows.size());
                assertThat(wentAside).as(what + " of " + file).hasSize((int) account.apart());
            }
            assertThat(without(stayed, rows(all, "main", table, columns)))
                    .as(what + " of " + file + ", lost or altered")
                    .isEmpty();
            referring(what + " of " + file, all, file, table, columns, wentAside);
        }
        if (!columns(all, "main", table).isEmpty()) {
            assertThat(rows(all, "main", table, columns(all, "main", table)))
                    .as(what)
                    .hasSize((int) expected);
        }
    }

    private void count(@Nullable MergedTable account) {
        if (account != null) {
            added += account.added();
            same += account.same();
            apart += account.apart();
        }
    }

    private static @Nullable MergedTable account(
            List<MergedTable> merged, Path file, String table) {
        return merged.stream()
                .filter(each -> each.file().equals(file) && each.table().equals(table))
                .findFirst()
                .orElse(null);
    }

    /** Returns the first without the second, each as often as it is there. */
    private static List<String> without(List<String> some, List<String> others) {
        List<String> rest = new ArrayList<>(some);
        others.forEach(rest::remove);
        return rest;
    }

    private static List<String> columns(Connection all, String schema, String table)
            throws SQLException {
        return OwnFile.all(
                all, "select name from pragma_table_info('" + table + "', '" + schema + "')");
    }

    /** Each row with what it refers to, by each reference that its own file declares. */
    private static void referring(
            String what,
            Connection all,
            String file,
            String table,
            List<String> columns,
            List<String> wentAside)
            throws SQLException {
        List<String> keys =
                OwnFile.all(
                        all,
                        "select \"table\" || ' ' || \"from\" || ' ' || coalesce(\"to\", (select name from"
                                + " pragma_table_info(\"table\", '"
                                + file
                                + "') where pk = 1), '') from pragma_foreign_key_list('"
                                + table
                                + "', '"
                                + file
                                + "')");
        for (String key : keys) {
            String[] words = key.split(" ", -1);
            List<String> parent = columns(all, file, words[0]);
            if (!isUnique(all, file, words[0], words[2])) {
                continue;
            }
            String query =
                    "select %1$s, (select json_group_array(p) from (select %2$s as p from %3$s."
                            + words[0]
                            + " as P where P."
                            + words[2]
                            + " = +C."
                            + words[1]
                            + " order by 1)) from %3$s."
                            + table
                            + " as C";
            List<String> own = pairs(all, query, columns, parent, file);
            own.removeIf(pair -> wentAside.contains(pair.substring(0, pair.indexOf(" -> "))));
            List<String> there = pairs(all, query, columns, parent, "main");
            assertThat(without(own, there)).as(what + ", references " + key).isEmpty();
        }
    }

    /** Returns whether SQLite would take a reference to it. */
    private static boolean isUnique(Connection all, String file, String table, String column)
            throws SQLException {
        return OwnFile.first(
                        all,
                        "select 1 from pragma_table_info('%2$s', '%1$s') where name = '%3$s' and pk = 1"
                                        .formatted(file, table, column)
                                + " union all select 1 from pragma_index_list('%2$s', '%1$s') as l"
                                        .formatted(file, table)
                                + " join pragma_index_info(l.name, '%1$s') as i on i.name = '%2$s'"
                                        .formatted(file, column)
                                + " where l.\"unique\"")
                != null;
    }

    private static List<String> pairs(
            Connection all, String query, List<String> child, List<String> parent, String schema)
            throws SQLException {
        List<String> pairs = new ArrayList<>();
        String parentCells =
                parent.stream()
                        .map(name -> "typeof(P." + name + ") || hex(cast(P." + name + " as blob))")
                        .collect(Collectors.joining(" || ' ' || "));
        String sql = query.formatted(cells("C", child), parentCells, schema);
        try (Statement statement = all.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                pairs.add(row(rows, child.size()) + " -> " + rows.getString(2 * child.size() + 1));
            }
        }
        return pairs;
    }

    private static List<String> rows(
            Connection all, String schema, String table, List<String> columns) throws SQLException {
        List<String> found = new ArrayList<>();
        String sql = "select " + cells("C", columns) + " from " + schema + "." + table + " as C";
        try (Statement statement = all.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                found.add(row(rows, columns.size()));
            }
        }
        return found;
    }

    private static String cells(String alias, List<String> columns) {
        return columns.stream()
                .map(
                        name ->
                                "%1$s.%2$s, typeof(%1$s.%2$s) || hex(%1$s.%2$s)"
                                        .formatted(alias, name))
                .collect(Collectors.joining(", "));
    }

    /** A real by its bits, since -0.0 reads as 0.0. */
    private static String row(ResultSet rows, int columns) throws SQLException {
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= 2 * columns; i += 2) {
            String told = rows.getString(i + 1);
            cells.add(
                    told.startsWith("real")
                            ? "real" + Double.doubleToRawLongBits(rows.getDouble(i))
                            : told);
        }
        return String.join(" ", cells);
    }
}
