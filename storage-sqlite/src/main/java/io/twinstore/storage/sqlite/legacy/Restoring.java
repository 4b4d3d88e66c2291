package io.twinstore.storage.sqlite.legacy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gives the rows of a legacy file back from what is kept, and the residue. */
final class Restoring implements AutoCloseable {

    private final KeptTables kept;
    private final ResidueTable residue;

    Restoring(Connection connection) throws SQLException {
        kept = new KeptTables(connection);
        residue = new ResidueTable(connection);
    }

    /** Returns the cells of a row by column; empty where no such row is kept. */
    Optional<Map<String, Cell>> row(LegacyTable table, String key) throws SQLException {
        Optional<Kept> found = kept.find(table.kind(), key);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Residue> beside = residue.find(table, key);
        Map<String, Cell> cells = new LinkedHashMap<>();
        for (Column column : table.columns()) {
            Residue original = beside.get(column.name());
            cells.put(
                    column.name(),
                    original == null
                            ? column.back(found.get())
                            : column.restored(found.get(), original));
        }
        return Optional.of(cells);
    }

    /** Returns the keys of the rows that the old file has: none that the upgrade made for it. */
    List<String> keys(LegacyTable table) throws SQLException {
        List<String> keys = kept.liveKeys(table.kind());
        if (table.kind() == Kind.CONFIG) {
            List<String> own = new ArrayList<>();
            for (String key : keys) {
                String made = residue.made(key);
                if (made == null || !made.equals(fingerprint(key))) {
                    own.add(key);
                }
            }
            return own;
        }
        return keys;
    }

    private String fingerprint(String config) throws SQLException {
        return Loading.madeFingerprint(kept.find(Kind.CONFIG, config).orElseThrow());
    }

    @Override
    public void close() throws SQLException {
        kept.close();
        residue.close();
    }
}
