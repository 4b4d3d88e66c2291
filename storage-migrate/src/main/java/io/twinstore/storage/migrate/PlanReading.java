package io.twinstore.storage.migrate;

import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Json;
import io.twinstore.storage.PostgresOptions;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Reads a plan from JSON, and refuses what is none, by the name of the field. */
final class PlanReading {

    private PlanReading() {}

    static MigrationPlan plan(Json json, PostgresOptions connection) {
        PlanFields fields = PlanFields.of(json);
        if (fields.number("format") != PlanWriting.FORMAT) {
            throw new InvalidValueException(
                    "plan.format",
                    PlanWriting.FORMAT + ", which this version writes",
                    String.valueOf(fields.number("format")));
        }
        MigrationPlan.Layout layout =
                fields.oneOf("layout", MigrationPlan.Layout.class, MigrationPlan.Layout.values());
        String schema = fields.text("schema");
        return new MigrationPlan(
                fields.text("id"),
                layout,
                source(fields),
                target(fields.object("target"), layout, schema, connection),
                schema,
                (int) Math.min(Integer.MAX_VALUE, Math.max(0, fields.number("commitRows"))),
                fields.objects("tables").stream().map(PlanReading::table).toList(),
                fields.objects("objects").stream()
                        .map(o -> new SourceObject(o.text("type"), o.text("name"), o.text("sql")))
                        .toList(),
                fields.objects("untranslated").stream()
                        .map(
                                o ->
                                        new MigrationPlan.Untranslated(
                                                o.text("kind"), o.text("name"), o.text("why")))
                        .toList(),
                fields.has("survey") ? SurveyFields.read(fields.object("survey")) : null);
    }

    private static PlannedSource source(PlanFields fields) {
        return new PlannedSource(
                fields.objects("files").stream()
                        .map(
                                file ->
                                        new PlannedFile(
                                                path(file, "file"),
                                                file.text("sha256"),
                                                file.time("modifiedAt"),
                                                file.textOrNull("upgradedFrom")))
                        .toList(),
                path(fields, "workFolder"),
                fields.objects("merged").stream()
                        .map(
                                table ->
                                        new MergedTable(
                                                path(table, "file"),
                                                table.text("table"),
                                                table.number("added"),
                                                table.number("same"),
                                                table.number("apart"),
                                                table.textOrNull("apartTable")))
                        .toList());
    }

    private static Path path(PlanFields fields, String name) {
        try {
            return Path.of(fields.text(name));
        } catch (InvalidPathException e) {
            throw new InvalidValueException("plan." + name, "a path", null);
        }
    }

    /** A plan for one database is no plan for another. */
    private static MigrationTarget target(
            PlanFields fields,
            MigrationPlan.Layout layout,
            String schema,
            PostgresOptions connection) {
        String planned =
                fields.text("host") + ":" + fields.number("port") + "/" + fields.text("database");
        String given = connection.host() + ":" + connection.port() + "/" + connection.database();
        if (!planned.equals(given)) {
            throw new InvalidValueException("plan.target", "the database " + given, planned);
        }
        if (!fields.text("twinstoreSchema").equals(connection.schema())) {
            throw new InvalidValueException(
                    "plan.target.twinstoreSchema",
                    "the schema '" + connection.schema() + "'",
                    fields.text("twinstoreSchema"));
        }
        if (layout == MigrationPlan.Layout.TWINSTORE && !schema.equals(connection.schema())) {
            throw new InvalidValueException(
                    "plan.schema", "the schema '" + connection.schema() + "'", schema);
        }
        return layout == MigrationPlan.Layout.TWINSTORE
                ? MigrationTarget.of(connection)
                : MigrationTarget.of(connection).into(schema);
    }

    private static TablePlan table(PlanFields fields) {
        return new TablePlan(
                fields.text("name"),
                fields.text("target"),
                fields.number("rows"),
                fields.flag("rowid"),
                fields.texts("key"),
                fields.textOrNull("rowColumn"),
                fields.text("sql"),
                fields.objects("columns").stream().map(PlanReading::column).toList(),
                fields.texts("primaryKey"),
                fields.objects("uniques").stream().map(PlanReading::index).toList(),
                fields.objects("indexes").stream().map(PlanReading::index).toList(),
                fields.objects("foreignKeys").stream().map(PlanReading::foreign).toList(),
                fields.textOrNull("identity"),
                fields.number("lastId"),
                fields.texts("madeAnew"),
                fields.has("checks")
                        ? fields.objects("checks").stream().map(PlanReading::check).toList()
                        : List.of(),
                fields.has("expressionIndexes")
                        ? fields.objects("expressionIndexes").stream()
                                .map(PlanReading::expression)
                                .toList()
                        : List.of());
    }

    private static TablePlan.CheckPlan check(PlanFields fields) {
        return new TablePlan.CheckPlan(fields.text("name"), fields.text("condition"));
    }

    private static TablePlan.ExpressionIndexPlan expression(PlanFields fields) {
        return new TablePlan.ExpressionIndexPlan(
                fields.text("name"),
                fields.flag("unique"),
                fields.texts("keys"),
                fields.textOrNull("condition"));
    }

    private static TablePlan.IndexPlan index(PlanFields fields) {
        return new TablePlan.IndexPlan(fields.text("name"), fields.texts("columns"));
    }

    private static TablePlan.ForeignKeyPlan foreign(PlanFields fields) {
        return new TablePlan.ForeignKeyPlan(
                fields.text("name"),
                fields.texts("columns"),
                fields.text("parent"),
                fields.texts("parentColumns"),
                fields.text("onDelete"),
                fields.text("onUpdate"),
                fields.flag("enforced"));
    }

    private static ColumnPlan column(PlanFields fields) {
        Map<String, Long> cells = fields.object("cells").numbers();
        return new ColumnPlan(
                fields.text("name"),
                fields.text("target"),
                fields.text("declared"),
                fields.text("codec"),
                fields.flag("notNull"),
                fields.textOrNull("defaultSql"),
                fields.flag("generated"),
                cells,
                fields.number("residue"),
                fields.has("longest") ? fields.number("longest") : ColumnPlan.UNMEASURED,
                fields.text("why"));
    }
}
