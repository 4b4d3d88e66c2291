package io.twinstore.storage.sqlite.legacy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Brings the rows of a legacy file into an empty file of this library. */
final class Loading implements AutoCloseable {

    private final KeptTables kept;
    private final ResidueTable residue;

    Loading(Connection target) throws SQLException {
        kept = new KeptTables(target);
        residue = new ResidueTable(target);
    }

    void load(SourceTables source, List<LegacyTable> tables) throws SQLException {
        for (LegacyTable table : tables) {
            source.each(table, row -> load(table, row));
        }
    }

    void saveSchema(Connection source) throws SQLException {
        residue.saveSchema(source);
    }

    /** Adds the row, and reads it again to see which cells it does not give back. */
    private void load(LegacyTable table, SourceRow row) throws SQLException {
        Kept made = table.forth(row);
        if (table.kind() == Kind.SESSION) {
            provideConfig(made);
        }
        kept.add(table.kind(), made);
        String key = made.text(table.kind().key());
        Kept read = kept.find(table.kind(), key).orElseThrow();
        for (Column column : table.columns()) {
            Cell original = row.cell(column.name());
            if (!column.back(read).equals(original)) {
                residue.add(
                        table, key, column.name(), new Residue(original, column.fingerprint(read)));
            }
        }
    }

    /** Makes the config that the session is on, where the file has none. */
    private void provideConfig(Kept session) throws SQLException {
        String id = session.text("config_id");
        if (kept.hasConfig(id)) {
            return;
        }
        boolean ofSession = session.find("yaml_content") != null;
        Kept config = new Kept();
        config.put("config_id", id);
        config.put("name", ofSession ? session.text("config_name") : "missing");
        config.put(
                "description",
                ofSession
                        ? null
                        : "Made for sessions that referred to it; the upgraded file had no such"
                                + " config.");
        config.put("yaml_content", ofSession ? session.text("yaml_content") : "");
        config.put("tags", "{}");
        config.put("created_at", session.text("created_at"));
        config.put("updated_at", session.text("created_at"));
        kept.add(Kind.CONFIG, config);
        residue.addMade(id, madeFingerprint(config));
    }

    /** Returns what tells whether somebody has made more of a config that the upgrade made. */
    static String madeFingerprint(Kept config) {
        StringBuilder all = new StringBuilder();
        for (Column column : LegacyTable.CONFIGS.columns()) {
            all.append(column.fingerprint(config));
        }
        return Cell.text(all.toString()).fingerprint();
    }

    @Override
    public void close() throws SQLException {
        kept.close();
        residue.close();
    }
}
