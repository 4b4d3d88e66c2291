package io.twinstore.storage.migrate;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What rows that came late ask for: numbers that go on ahead of theirs, and for messages that they
 * are searched.
 */
final class AfterReplay {

    private static final Set<String> SEARCHED = Set.of("session_heads", "session_messages");

    private final MigrationPlan plan;
    private final Target target;
    private final Map<String, TablePlan> tables = new LinkedHashMap<>();
    private final Set<String> sessions = new LinkedHashSet<>();

    AfterReplay(MigrationPlan plan, Target target) {
        this.plan = plan;
        this.target = target;
    }

    void loaded(TablePlan table, List<Cell> cells) {
        tables.put(table.name(), table);
        if (plan.layout() == MigrationPlan.Layout.TWINSTORE && SEARCHED.contains(table.name())) {
            byte[] session = cells.get(table.indexOf("session_id")).bytes();
            sessions.add(new String(session, StandardCharsets.UTF_8));
        }
    }

    void run() throws SQLException {
        for (TablePlan table : tables.values()) {
            if (table.identity() != null) {
                numbers(table, table.column(table.identity()).target());
            }
        }
        for (String session : sessions) {
            target.update(
                    "insert into "
                            + Sql.quoted(plan.schema(), "search_pending")
                            + " (session_id, indexed_seq, pending_since)"
                            + " select session_id, 0, last_message_at from "
                            + Sql.quoted(plan.schema(), "session_heads")
                            + " where session_id = ? and last_seq > 0"
                            + " on conflict (session_id) do update set indexed_seq = 0",
                    session);
        }
    }

    private void numbers(TablePlan table, String column) throws SQLException {
        String name = Sql.quoted(plan.schema(), table.target());
        String sequence = target.first("select pg_get_serial_sequence(?, ?)", name, column);
        if (sequence != null) {
            // Never back: others may have drawn numbers meanwhile.
            target.first(
                    "select setval(cast(? as regclass), m.highest) from (select max("
                            + Sql.quoted(column)
                            + ") as highest from "
                            + name
                            + ") m, "
                            + sequence
                            + " s where m.highest > 0 and (m.highest > s.last_value"
                            + " or m.highest = s.last_value and not s.is_called)",
                    sequence);
        }
    }
}
