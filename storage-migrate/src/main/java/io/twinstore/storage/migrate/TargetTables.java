package io.twinstore.storage.migrate;

import io.twinstore.storage.ErrorCode;
import io.twinstore.storage.SchemaMode;
import io.twinstore.storage.SearchOptions;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageOptions;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes the tables that the rows go to, without anything that would slow the load or stop it: keys,
 * indexes and references come after.
 */
final class TargetTables {

    private final MigrationPlan plan;
    private final Target target;

    TargetTables(MigrationPlan plan, Target target) {
        this.plan = plan;
        this.target = target;
    }

    /** Makes Twinstore's own schema, or brings it up to date, as opening it does. */
    static void makeOwn(MigrationPlan plan) {
        Storage.open(
                        StorageOptions.builder()
                                .postgres(plan.target().postgres())
                                .schemaMode(SchemaMode.MIGRATE)
                                .search(SearchOptions.off())
                                .build())
                .close();
    }

    /**
     * Makes the tables, or for Twinstore's own sees to it that they are empty and drops references.
     *
     * @param resumed whether the move was begun before
     * @throws MigrationException when the schema has tables already that this move did not make
     */
    void make(boolean resumed) throws SQLException, IOException {
        if (!resumed) {
            requireEmpty(plan, target);
        }
        if (plan.layout() == MigrationPlan.Layout.TWINSTORE) {
            dropReferences(plan, target);
            return;
        }
        target.transaction(
                () -> {
                    makeSchema(target, plan.schema());
                    for (TablePlan table : plan.tables()) {
                        target.execute(createSql(table));
                    }
                });
    }

    /** Asks first: "if not exists" wants the right to make schemas even where there is one. */
    static void makeSchema(Target target, String schema) throws SQLException {
        if (!target.exists("select 1 from pg_namespace where nspname = ?", schema)) {
            target.execute("create schema if not exists " + Sql.quoted(schema));
        }
    }

    /**
     * Looks whether the schema has room for the move.
     *
     * @throws MigrationException when it has tables, or Twinstore's own have rows
     */
    static void requireEmpty(MigrationPlan plan, Target target) throws SQLException {
        Optional<Survey.Missing> occupied = occupied(plan, target);
        if (occupied.isPresent()) {
            throw new MigrationException(
                    ErrorCode.CONFLICT, occupied.get().what() + " " + occupied.get().remedy());
        }
    }

    /** Returns what stands where the rows are to go; empty when there is room. */
    static Optional<Survey.Missing> occupied(MigrationPlan plan, Target target)
            throws SQLException {
        List<String> taken = new ArrayList<>();
        boolean own = plan.layout() == MigrationPlan.Layout.TWINSTORE;
        for (TablePlan table : plan.tables()) {
            String name = Sql.quoted(plan.schema(), table.target());
            boolean there = target.exists("select 1 where to_regclass(?) is not null", name);
            if (there && (!own || target.exists("select 1 from " + name + " limit 1"))) {
                taken.add(table.target());
            }
        }
        if (taken.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Survey.Missing(
                        ErrorCode.CONFLICT,
                        "Schema '"
                                + plan.schema()
                                + "' is not empty: "
                                + String.join(", ", taken)
                                + (own ? " have rows." : " are there."),
                        "Name another schema, or, if nobody needs them, migrate with --replace"
                                + (own
                                        ? ", which takes those rows away."
                                        : ", which drops them.")));
    }

    /** Drops what is there of the tables, or for Twinstore's own takes their rows away. */
    void clear() throws SQLException {
        List<String> there = new ArrayList<>();
        boolean own = plan.layout() == MigrationPlan.Layout.TWINSTORE;
        Stream<String> names = plan.tables().stream().map(TablePlan::target);
        for (String table :
                (own ? Stream.concat(names, OwnPlanner.SEARCHED.stream()) : names).toList()) {
            String name = Sql.quoted(plan.schema(), table);
            if (target.exists("select 1 where to_regclass(?) is not null", name)) {
                there.add(name);
            }
        }
        if (!there.isEmpty()) {
            target.execute((own ? "truncate " : "drop table ") + String.join(", ", there));
        }
    }

    static void dropReferences(MigrationPlan plan, Target target) throws SQLException, IOException {
        target.transaction(
                () -> {
                    for (TablePlan table : plan.tables()) {
                        for (TablePlan.ForeignKeyPlan key : table.foreignKeys()) {
                            target.execute(
                                    "alter table "
                                            + Sql.quoted(plan.schema(), table.target())
                                            + " drop constraint if exists "
                                            + Sql.quoted(key.name()));
                        }
                    }
                });
    }

    private String createSql(TablePlan table) {
        List<String> lines = new ArrayList<>();
        if (table.rowColumn() != null) {
            lines.add(Sql.quoted(table.rowColumn()) + " bigint");
        }
        for (ColumnPlan column : table.columns()) {
            lines.add(
                    Sql.quoted(column.target())
                            + " "
                            + column.how().type()
                            + (column.defaultSql() == null ? "" : " default " + column.defaultSql())
                            + (column.notNull() ? " not null" : ""));
        }
        return "create table if not exists "
                + Sql.quoted(plan.schema(), table.target())
                + " ("
                + String.join(", ", lines)
                + ")";
    }
}
