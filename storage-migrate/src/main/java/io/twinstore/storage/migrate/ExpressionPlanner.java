package io.twinstore.storage.migrate;

import io.twinstore.storage.migrate.MigrationPlan.Untranslated;
import io.twinstore.storage.migrate.TablePlan.CheckPlan;
import io.twinstore.storage.migrate.TablePlan.ExpressionIndexPlan;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Plans the checks of a table, and its indexes with an expression, a condition or a collation: what
 * means exactly the same in PostgreSQL goes, and the rest is named with the reason.
 */
final class ExpressionPlanner {

    private static final int SHOWN = 60;

    private final Connection source;
    private final Map<String, String> indexSql = new HashMap<>();
    private final List<Untranslated> untranslated;

    /**
     * @param objects the indexes with statements of their own, among others
     * @param untranslated where those go that cannot be kept
     */
    ExpressionPlanner(
            Connection source, List<SourceObject> objects, List<Untranslated> untranslated) {
        this.source = source;
        this.untranslated = untranslated;
        objects.stream()
                .filter(object -> object.type().equals("index"))
                .forEach(index -> indexSql.put(index.name(), index.sql()));
    }

    /** Returns whether an index is over plain columns, compared by bytes, and over all rows. */
    static boolean isPlain(SourceTable.Index index) {
        return index.columns() != null && !index.partial() && index.binary();
    }

    /**
     * Returns the table with its checks and expressions.
     *
     * @param names names an index in the target
     */
    TablePlan with(TablePlan plan, SourceTable table, Function<SourceTable.Index, String> names)
            throws SQLException {
        Translation translation = new Translation(plan);
        List<CheckPlan> checks = checks(plan, translation);
        List<ExpressionIndexPlan> indexes = new ArrayList<>();
        for (SourceTable.Index index : table.indexes()) {
            if (!isPlain(index)) {
                @Nullable ExpressionIndexPlan planned = index(table, index, translation, names);
                if (planned != null) {
                    indexes.add(planned);
                }
            }
        }
        return plan.expressing(checks, indexes);
    }

    private List<CheckPlan> checks(TablePlan plan, Translation translation) throws SQLException {
        List<TableStatement.Check> found;
        try {
            found = TableStatement.of(plan.sql()).checks();
        } catch (UntranslatableException e) {
            if (plan.sql().toUpperCase(java.util.Locale.ROOT).contains("CHECK")) {
                leave("check", plan.name(), e.reason());
            }
            return List.of();
        }
        List<CheckPlan> checks = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (TableStatement.Check check : found) {
            @Nullable String why = refusal(plan, check.condition(), translation);
            if (why == null) {
                checks.add(new CheckPlan(name(plan, check, names), check.condition()));
            } else {
                leave("check", plan.name() + ": " + shown(check), why);
            }
        }
        return checks;
    }

    private static String shown(TableStatement.Check check) {
        if (check.name() != null) {
            return check.name();
        }
        String line = check.condition().replaceAll("\\s+", " ");
        int end = Math.min(line.length(), SHOWN);
        return end == line.length()
                ? line
                : line.substring(0, line.offsetByCodePoints(0, line.codePointCount(0, end) - 1))
                        + "…";
    }

    /** Returns why the target will not have a check, or null where it will. */
    private @Nullable String refusal(TablePlan plan, String condition, Translation translation)
            throws SQLException {
        try {
            translation.condition(condition);
        } catch (UntranslatableException e) {
            return e.reason();
        }
        // A comment may end it.
        String breaking =
                "select count(*) from "
                        + Sql.quoted(plan.name())
                        + " where not ("
                        + condition
                        + "\n)";
        try (Statement statement = source.createStatement();
                ResultSet row = statement.executeQuery(breaking)) {
            row.next();
            long rows = row.getLong(1);
            return rows == 0
                    ? null
                    : (rows == 1 ? "1 row" : rows + " rows") + " of the source break it";
        } catch (SQLException e) {
            return "SQLite cannot say of all rows whether they keep it";
        }
    }

    /** As PostgreSQL would name it; never as a key of the table may be named. */
    private static String name(TablePlan plan, TableStatement.Check check, Set<String> names) {
        String name =
                check.name() != null
                        ? check.name()
                        : plan.name()
                                + (check.column() == null ? "" : "_" + check.column())
                                + "_check";
        String lower = TablesPlanner.lower(name);
        if (lower.endsWith("_fk") || lower.endsWith("_pkey") || lower.endsWith("_not_null")) {
            name += "_check";
        }
        String unique = Sql.fitting(name);
        for (int i = 1; !names.add(unique); i++) {
            unique = Sql.fitting(name + i);
        }
        return unique;
    }

    private @Nullable ExpressionIndexPlan index(
            SourceTable table,
            SourceTable.Index index,
            Translation translation,
            Function<SourceTable.Index, String> names) {
        String sql = indexSql.get(index.name());
        try {
            IndexStatement said = sql == null ? said(index) : IndexStatement.of(sql);
            for (String key : said.keys()) {
                translation.key(key, index.unique());
            }
            if (said.condition() != null) {
                translation.condition(said.condition());
            }
            return new ExpressionIndexPlan(
                    names.apply(index), index.unique(), said.keys(), said.condition());
        } catch (UntranslatableException e) {
            leave(
                    index.unique() ? "unique index" : "index",
                    table.name() + ": " + index.name(),
                    e.reason());
            return null;
        }
    }

    /** What a constraint says, which has no statement: columns, by their own collations. */
    private static IndexStatement said(SourceTable.Index index) throws UntranslatableException {
        List<String> keys = new ArrayList<>();
        for (SourceTable.IndexKey key : index.keys()) {
            if (key.column() == null) {
                throw new UntranslatableException("the index's statement cannot be read");
            }
            keys.add(Sql.quoted(key.column()) + " collate " + Sql.quoted(key.collation()));
        }
        return new IndexStatement(keys, null);
    }

    private void leave(String kind, String name, String why) {
        untranslated.add(new Untranslated(kind, name, why));
    }
}
