package io.twinstore.storage.migrate;

import io.twinstore.storage.migrate.TablePlan.ForeignKeyPlan;
import io.twinstore.storage.migrate.TablePlan.IndexPlan;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What comes after the load: rows that a key would refuse go into quarantine, then keys, indexes
 * and references are made, numbers go on ahead of the highest, and the planner gets its statistics.
 * Each step looks whether it was made already, so that a stopped move goes on.
 */
final class Finishing {

    private final MigrationPlan plan;
    private final Target target;
    private final Quarantine quarantine;
    private final @Nullable String searchLanguage;
    private final MigrationListener listener;

    /**
     * @param searchLanguage in which the source's index is, or null
     */
    Finishing(
            MigrationPlan plan,
            Target target,
            Quarantine quarantine,
            @Nullable String searchLanguage,
            MigrationListener listener) {
        this.plan = plan;
        this.target = target;
        this.quarantine = quarantine;
        this.searchLanguage = searchLanguage;
        this.listener = listener;
    }

    /** What comes when all tables have their rows and keys. */
    void run() throws SQLException, IOException {
        references();
        if (plan.layout() == MigrationPlan.Layout.TWINSTORE) {
            listener.step("search index marked as to be made");
            target.transaction(this::markUnindexed);
        }
        for (TablePlan table : plan.tables()) {
            listener.step("vacuum analyze " + table.target());
            target.execute("vacuum analyze " + name(table));
        }
    }

    private String name(TablePlan table) {
        return Sql.quoted(plan.schema(), table.target());
    }

    private static List<String> targets(TablePlan table, List<String> columns) {
        return columns.stream().map(column -> table.column(column).target()).toList();
    }

    /** What comes when this table has its rows; Twinstore's own has it already. */
    void keys(TablePlan table) throws SQLException, IOException {
        if (plan.layout() == MigrationPlan.Layout.TWINSTORE) {
            return;
        }
        primaryKey(table);
        for (IndexPlan unique : table.uniques()) {
            orElse(
                    () -> index(table, unique, "unique index"),
                    () -> quarantine.doubles(table, unique.columns(), "unique " + unique.name()));
        }
        for (IndexPlan index : table.indexes()) {
            index(table, index, "index");
        }
        if (table.rowColumn() != null) {
            index(
                    table.target() + "_" + table.rowColumn(),
                    table,
                    "unique index",
                    Sql.quoted(table.rowColumn()));
        }
        new ExpressionRules(plan, target).make(table, listener);
        if (table.identity() != null) {
            identity(table, table.column(table.identity()).target());
        }
    }

    /** Makes a rule; where rows break it, puts them aside and makes it then. */
    private static void orElse(Target.Work rule, Target.Work putAside)
            throws SQLException, IOException {
        try {
            rule.run();
        } catch (SQLException e) {
            if (!SqlFaults.isOfTheRow(e)) {
                throw e;
            }
            putAside.run();
            rule.run();
        }
    }

    private void primaryKey(TablePlan table) throws SQLException, IOException {
        boolean there =
                target.exists(
                        "select 1 from pg_constraint where conrelid = to_regclass(?) and contype = 'p'",
                        name(table));
        if (table.primaryKey().isEmpty() || there) {
            return;
        }
        listener.step("primary key of " + table.target());
        orElse(
                () ->
                        target.execute(
                                "alter table "
                                        + name(table)
                                        + " add primary key ("
                                        + Sql.list(targets(table, table.primaryKey()))
                                        + ")"),
                () -> {
                    quarantine.nulls(table, table.primaryKey(), "primary key: NULL");
                    quarantine.doubles(table, table.primaryKey(), "primary key");
                });
    }

    private void index(TablePlan table, IndexPlan index, String kind) throws SQLException {
        index(index.name(), table, kind, Sql.list(targets(table, index.columns())));
    }

    private void index(String name, TablePlan table, String kind, String columns)
            throws SQLException {
        String fitting = Sql.fitting(name);
        if (!target.exists(
                "select 1 where to_regclass(?) is not null", Sql.quoted(plan.schema(), fitting))) {
            listener.step(kind + " " + fitting);
            target.execute(
                    "create "
                            + kind
                            + " "
                            + Sql.quoted(fitting)
                            + " on "
                            + name(table)
                            + " ("
                            + columns
                            + ")");
        }
    }

    private void identity(TablePlan table, String column) throws SQLException, IOException {
        String sequence = "select pg_get_serial_sequence(?, ?)";
        listener.step("numbers of " + table.target());
        target.transaction(
                () -> {
                    if (target.first(sequence, name(table), column) == null) {
                        target.execute(
                                "alter table "
                                        + name(table)
                                        + " alter column "
                                        + Sql.quoted(column)
                                        + " set not null, alter column "
                                        + Sql.quoted(column)
                                        + " add generated by default as identity");
                    }
                    long highest =
                            Math.max(
                                    table.lastId(),
                                    target.count(
                                            "select coalesce(max("
                                                    + Sql.quoted(column)
                                                    + "), 0) from "
                                                    + name(table)));
                    target.first(
                            "select setval(cast(? as regclass), ?, ?)",
                            String.valueOf(target.first(sequence, name(table), column)),
                            Math.max(highest, 1),
                            highest > 0);
                });
    }

    /** A row in quarantine makes orphans of those that refer to it, until there are no more. */
    private void quarantineOrphans(Predicate<ForeignKeyPlan> chosen)
            throws SQLException, IOException {
        boolean found = true;
        while (found) {
            found = false;
            for (TablePlan table : plan.tables()) {
                for (ForeignKeyPlan key : table.foreignKeys()) {
                    found |= chosen.test(key) && quarantine.orphans(table, key);
                }
            }
        }
    }

    /**
     * Not one is there while orphans are put aside: it would take the rows along that refer to
     * them.
     */
    private void references() throws SQLException, IOException {
        orElse(
                () -> {
                    for (TablePlan table : plan.tables()) {
                        references(table);
                    }
                },
                () -> {
                    TargetTables.dropReferences(plan, target);
                    quarantineOrphans(key -> true);
                });
        quarantineOrphans(key -> !key.enforced());
    }

    private void references(TablePlan table) throws SQLException {
        for (ForeignKeyPlan key : table.foreignKeys()) {
            if (!key.enforced()) {
                continue;
            }
            boolean there =
                    target.exists(
                            "select 1 from pg_constraint where conrelid = to_regclass(?) and conname = ?",
                            name(table),
                            key.name());
            if (!there) {
                listener.step("foreign key " + key.name());
                target.execute(referenceSql(table, key));
            }
            target.execute(
                    "alter table "
                            + name(table)
                            + " validate constraint "
                            + Sql.quoted(key.name()));
        }
    }

    private String referenceSql(TablePlan table, ForeignKeyPlan key) {
        TablePlan parent = Quarantine.table(plan, key.parent());
        String actions =
                (key.onDelete().equals("NO ACTION") ? "" : " on delete " + key.onDelete())
                        + (key.onUpdate().equals("NO ACTION")
                                ? ""
                                : " on update " + key.onUpdate());
        return "alter table "
                + name(table)
                + " add constraint "
                + Sql.quoted(key.name())
                + " foreign key ("
                + Sql.list(targets(table, key.columns()))
                + ") references "
                + name(parent)
                + " ("
                + Sql.list(targets(parent, parentColumns(parent, key)))
                + ")"
                + actions
                + " not valid";
    }

    static List<String> parentColumns(TablePlan parent, ForeignKeyPlan key) {
        return key.parentColumns().isEmpty() ? parent.primaryKey() : key.parentColumns();
    }

    /** As the change set does that brought the index to a schema with messages. */
    private void markUnindexed() throws SQLException {
        String heads = Sql.quoted(plan.schema(), "session_heads");
        String pending = Sql.quoted(plan.schema(), "search_pending");
        target.execute(
                "insert into "
                        + pending
                        + " (session_id, indexed_seq, pending_since)"
                        + " select session_id, 0, last_message_at from "
                        + heads
                        + " where last_seq > 0 on conflict (session_id) do update set indexed_seq = 0");
        if (searchLanguage != null) {
            target.update(
                    "update "
                            + Sql.quoted(plan.schema(), "search_state")
                            + " set language = ?, epoch = epoch + 1 where language is null",
                    searchLanguage);
        }
    }

    /** Returns columns with a condition between them, as SQL. */
    static String each(List<String> columns, String condition, String between) {
        return columns.stream()
                .map(column -> Sql.quoted(column) + condition)
                .collect(Collectors.joining(between));
    }
}
