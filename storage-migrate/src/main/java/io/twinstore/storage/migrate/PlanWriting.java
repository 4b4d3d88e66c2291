package io.twinstore.storage.migrate;

import io.twinstore.storage.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a plan as JSON. */
final class PlanWriting {

    /** Moves when an older version could not carry out what a plan says. */
    static final int FORMAT = 1;

    private PlanWriting() {}

    static Json json(MigrationPlan plan) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("format", FORMAT);
        fields.put("id", plan.id());
        fields.put("layout", plan.layout().name());
        fields.put("files", plan.source().files().stream().map(PlanWriting::file).toList());
        fields.put("workFolder", plan.source().workFolder().toString());
        fields.put("merged", plan.source().merged().stream().map(PlanWriting::merged).toList());
        fields.put("target", target(plan.target()));
        fields.put("schema", plan.schema());
        fields.put("commitRows", plan.commitRows());
        fields.put("tables", plan.tables().stream().map(PlanWriting::table).toList());
        fields.put("objects", plan.objects().stream().map(PlanWriting::object).toList());
        fields.put(
                "untranslated",
                plan.untranslated().stream().map(PlanWriting::untranslated).toList());
        Survey survey = plan.survey();
        fields.put("survey", survey == null ? null : SurveyFields.write(survey));
        return Json.from(fields);
    }

    private static Map<String, @Nullable Object> file(PlannedFile file) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("file", file.file().toString());
        fields.put("sha256", file.sha256());
        fields.put("modifiedAt", file.modifiedAt().toString());
        fields.put("upgradedFrom", file.upgradedFrom());
        return fields;
    }

    private static Map<String, @Nullable Object> merged(MergedTable table) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("file", table.file().toString());
        fields.put("table", table.table());
        fields.put("added", table.added());
        fields.put("same", table.same());
        fields.put("apart", table.apart());
        fields.put("apartTable", table.apartTable());
        return fields;
    }

    private static Map<String, @Nullable Object> target(MigrationTarget target) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("host", target.postgres().host());
        fields.put("port", target.postgres().port());
        fields.put("database", target.postgres().database());
        fields.put("twinstoreSchema", target.postgres().schema());
        return fields;
    }

    private static Map<String, @Nullable Object> object(SourceObject object) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("type", object.type());
        fields.put("name", object.name());
        fields.put("sql", object.sql());
        return fields;
    }

    private static Map<String, @Nullable Object> untranslated(MigrationPlan.Untranslated left) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("kind", left.kind());
        fields.put("name", left.name());
        fields.put("why", left.why());
        return fields;
    }

    private static Map<String, @Nullable Object> table(TablePlan table) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("name", table.name());
        fields.put("target", table.target());
        fields.put("rows", table.rows());
        fields.put("rowid", table.rowid());
        fields.put("key", table.key());
        fields.put("rowColumn", table.rowColumn());
        fields.put("sql", table.sql());
        fields.put("columns", table.columns().stream().map(PlanWriting::column).toList());
        fields.put("primaryKey", table.primaryKey());
        fields.put("uniques", indexes(table.uniques()));
        fields.put("indexes", indexes(table.indexes()));
        fields.put("foreignKeys", table.foreignKeys().stream().map(PlanWriting::foreign).toList());
        fields.put("identity", table.identity());
        fields.put("lastId", table.lastId());
        fields.put("madeAnew", table.madeAnew());
        fields.put("checks", table.checks().stream().map(PlanWriting::check).toList());
        fields.put(
                "expressionIndexes",
                table.expressionIndexes().stream().map(PlanWriting::expression).toList());
        return fields;
    }

    private static Map<String, @Nullable Object> check(TablePlan.CheckPlan check) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("name", check.name());
        fields.put("condition", check.condition());
        return fields;
    }

    private static Map<String, @Nullable Object> expression(TablePlan.ExpressionIndexPlan index) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("name", index.name());
        fields.put("unique", index.unique());
        fields.put("keys", index.keys());
        fields.put("condition", index.condition());
        return fields;
    }

    private static List<Map<String, @Nullable Object>> indexes(List<TablePlan.IndexPlan> indexes) {
        return indexes.stream()
                .map(
                        index -> {
                            Map<String, @Nullable Object> fields = new LinkedHashMap<>();
                            fields.put("name", index.name());
                            fields.put("columns", index.columns());
                            return fields;
                        })
                .toList();
    }

    private static Map<String, @Nullable Object> foreign(TablePlan.ForeignKeyPlan foreign) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("name", foreign.name());
        fields.put("columns", foreign.columns());
        fields.put("parent", foreign.parent());
        fields.put("parentColumns", foreign.parentColumns());
        fields.put("onDelete", foreign.onDelete());
        fields.put("onUpdate", foreign.onUpdate());
        fields.put("enforced", foreign.enforced());
        return fields;
    }

    private static Map<String, @Nullable Object> column(ColumnPlan column) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("name", column.name());
        fields.put("target", column.target());
        fields.put("declared", column.declared());
        fields.put("codec", column.codec());
        fields.put("notNull", column.notNull());
        fields.put("defaultSql", column.defaultSql());
        fields.put("generated", column.generated());
        fields.put("cells", column.cells());
        fields.put("residue", column.residue());
        if (column.longest() != ColumnPlan.UNMEASURED) {
            fields.put("longest", column.longest());
        }
        fields.put("why", column.why());
        return fields;
    }
}
