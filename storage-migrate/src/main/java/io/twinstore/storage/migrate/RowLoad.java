package io.twinstore.storage.migrate;

import io.twinstore.storage.migrate.TablePlan.ForeignKeyPlan;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * Loads single rows of a table inside a transaction, by the plan's codecs; one that the target
 * refuses leaves the transaction as it was.
 */
final class RowLoad {

    private static final String NO_SUCH_PARENT = "23503";

    private final MigrationPlan plan;
    private final Target target;
    private final TablePlan table;
    private final String into;
    private final RowFields fields;

    RowLoad(MigrationPlan plan, Target target, TablePlan table) {
        this.plan = plan;
        this.target = target;
        this.table = table;
        fields = new RowFields(table);
        List<String> columns = new ArrayList<>();
        if (table.rowColumn() != null) {
            columns.add(table.rowColumn());
        }
        table.columns().forEach(column -> columns.add(column.target()));
        into =
                "copy "
                        + Sql.quoted(plan.schema(), table.target())
                        + " ("
                        + Sql.list(columns)
                        + ") from stdin (format binary)";
    }

    /**
     * Why a row could not go.
     *
     * @param reason for a person
     * @param waits whether it may go once another is there
     */
    record Refusal(String reason, boolean waits) {}

    List<byte @Nullable []> fields(List<Cell> cells) {
        return fields.of(cells);
    }

    /** Loads a row; returns why not, where it is refused. */
    Optional<Refusal> load(List<Cell> key, List<Cell> cells, List<byte @Nullable []> fields)
            throws SQLException {
        for (int i = 0; i < cells.size(); i++) {
            ColumnPlan column = table.columns().get(i);
            if (fields.get(i) == null && column.notNull()) {
                return Optional.of(new Refusal(TableCopy.unheld(column, cells.get(i)), false));
            }
        }
        for (ForeignKeyPlan reference : table.foreignKeys()) {
            if (!reference.enforced() && !isThere(reference, fields)) {
                return Optional.of(new Refusal(missing(reference), true));
            }
        }
        Savepoint before = target.connection().setSavepoint();
        try {
            copy(key, fields);
            target.connection().releaseSavepoint(before);
            return Optional.empty();
        } catch (SQLException e) {
            if (!SqlFaults.isOfTheRow(e)) {
                throw e;
            }
            target.connection().rollback(before);
            return Optional.of(new Refusal(reason(e), NO_SUCH_PARENT.equals(e.getSQLState())));
        }
    }

    /** Of keys that the target does not check; those of Twinstore's own are of one text each. */
    private boolean isThere(ForeignKeyPlan key, List<byte @Nullable []> fields)
            throws SQLException {
        byte[] field = fields.get(table.indexOf(key.columns().get(0)));
        TablePlan parent = Quarantine.table(plan, key.parent());
        return field == null
                || target.exists(
                        "select 1 from "
                                + Sql.quoted(plan.schema(), parent.target())
                                + " where "
                                + Sql.quoted(
                                        parent.column(Finishing.parentColumns(parent, key).get(0))
                                                .target())
                                + " = ?",
                        new String(field, StandardCharsets.UTF_8));
    }

    private void copy(List<Cell> key, List<byte @Nullable []> fields) throws SQLException {
        boolean numbered = table.rowColumn() != null;
        BinaryCopy copy = new BinaryCopy(target.copies().copyIn(into));
        try {
            copy.row(fields.size() + (numbered ? 1 : 0));
            if (numbered) {
                copy.field(key.get(0).bytes());
            }
            for (byte[] field : fields) {
                copy.field(field);
            }
            copy.end();
        } finally {
            copy.cancel();
        }
    }

    private String reason(SQLException e) {
        ServerErrorMessage message =
                e instanceof PSQLException p ? p.getServerErrorMessage() : null;
        String constraint = message == null ? null : message.getConstraint();
        return table.foreignKeys().stream()
                .filter(key -> key.name().equals(constraint))
                .findFirst()
                .map(RowLoad::missing)
                .orElseGet(() -> SqlFaults.reason(e));
    }

    static String missing(ForeignKeyPlan key) {
        return "foreign key " + key.name() + ": no such row in " + key.parent();
    }
}
