package io.twinstore.storage.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A SQLite file with the tables {@code parent}, {@code child} and {@code grandchild}, made at
 * random: its keys, types, collations, columns and references, and rows of few values, so that
 * files have much in common and much that is nearly so.
 */
final class GeneratedFile {

    static final List<String> TABLES = List.of("parent", "child", "grandchild");

    private static final @Nullable Object[] VALUES = {
        null,
        0L,
        1L,
        2L,
        3L,
        -1L,
        9007199254740993L,
        1.0,
        2.0,
        0.5,
        0.0,
        -0.0,
        9007199254740992.0,
        "",
        "1",
        "2",
        "1.0",
        "a",
        "A",
        "a ",
        "\u00e9",
        new byte[0],
        new byte[] {'1'},
        new byte[] {'a'},
    };

    private static final String[] TYPES = {"", "integer", "text", "real", "blob", "numeric"};
    private static final String[] KEYS = {
        "integer primary key",
        "integer primary key autoincrement",
        "text primary key",
        "primary key",
        "text collate nocase primary key",
        "integer",
        "text unique",
    };

    private static final int MOST_ROWS = 8;

    private final Random random;
    private final Shape shape;

    /** What the files of one merge share, unless one of them deviates. */
    record Shape(
            List<String> keys,
            List<String> types,
            List<Boolean> unique,
            boolean withoutRowid,
            int rows) {

        /** Returns a cell of one of the rows that several files have. */
        @Nullable Object cell(String table, String column, int row) {
            int hash = Objects.hash(rows, table, column, row) * 0x9E3779B1;
            return VALUES[Math.floorMod(hash >> 8, VALUES.length)];
        }

        static Shape of(Random random) {
            return new Shape(
                    List.of(one(random, KEYS), one(random, KEYS), one(random, KEYS)),
                    List.of(one(random, TYPES), one(random, TYPES), one(random, TYPES)),
                    List.of(few(random), few(random), few(random)),
                    few(random),
                    random.nextInt());
        }
    }

    GeneratedFile(Random random, Shape shape) {
        this.random = random;
        this.shape = shape;
    }

    private static <T> T one(Random random, T[] of) {
        return of[random.nextInt(of.length)];
    }

    private static boolean few(Random random) {
        return random.nextInt(4) == 0;
    }

    void make(Path file) throws SQLException {
        try (Connection sqlite = OwnFile.connect(file)) {
            for (int table = 0; table < TABLES.size(); table++) {
                if (random.nextInt(12) > 0) {
                    make(sqlite, table);
                }
            }
            OwnFile.execute(sqlite, "create table if not exists parent (id integer primary key)");
        }
    }

    private void make(Connection sqlite, int table) throws SQLException {
        String key = few(random) ? one(random, KEYS) : shape.keys().get(table);
        List<String> columns = new ArrayList<>(List.of("id " + key));
        if (table > 0) {
            columns.add("ref " + (few(random) ? "" : reference(table)));
        }
        String type = few(random) ? one(random, TYPES) : shape.types().get(table);
        columns.add("a " + type + (shape.unique().get(table) ? " unique" : ""));
        if (random.nextBoolean()) {
            columns.add("b " + one(random, TYPES) + (few(random) ? " default 1" : ""));
        }
        if (few(random)) {
            columns.add("own integer references " + TABLES.get(table));
        }
        boolean bare =
                shape.withoutRowid()
                        && key.contains("primary key")
                        && !key.contains("autoincrement");
        OwnFile.execute(
                sqlite,
                "create table "
                        + TABLES.get(table)
                        + " ("
                        + String.join(", ", columns)
                        + ")"
                        + (bare ? " without rowid" : ""));
        fill(sqlite, TABLES.get(table), columns);
    }

    private String reference(int table) {
        String parent = TABLES.get(table - 1);
        String column = few(random) ? " (a)" : few(random) ? "" : " (id)";
        return one(random, new String[] {"", "integer", "text"})
                + " references "
                + parent
                + column
                + (few(random) ? " on delete cascade" : "");
    }

    private void fill(Connection sqlite, String table, List<String> columns) throws SQLException {
        String values = "?" + ", ?".repeat(columns.size() - 1);
        for (int row = random.nextInt(MOST_ROWS); row >= 0; row--) {
            boolean shared = random.nextBoolean();
            try (PreparedStatement insert =
                    sqlite.prepareStatement(
                            "insert or ignore into " + table + " values (" + values + ")")) {
                for (int i = 0; i < columns.size(); i++) {
                    String name = columns.get(i).split(" ", 2)[0];
                    insert.setObject(
                            i + 1, shared ? shape.cell(table, name, row) : one(random, VALUES));
                }
                insert.executeUpdate();
            } catch (SQLException e) {
                // A text where the key is a number.
                assertThat(e.getMessage()).contains("datatype mismatch");
            }
        }
    }
}
