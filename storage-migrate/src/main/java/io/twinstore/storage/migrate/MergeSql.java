package io.twinstore.storage.migrate;

import io.twinstore.storage.migrate.Fates.Fate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The statements by which rows of one table ({@code S}) come to another ({@code T}). */
final class MergeSql {

    /** A column of both, by the name that each has for it. */
    private record Pair(SourceTable.Column ours, SourceTable.Column theirs) {}

    private final SourceTable theirs;
    private final SourceTable ours;
    private final MergedRows.Target target;
    private final String from;
    private final String number;
    private final @Nullable String ourNumber;
    private final List<Pair> pairs = new ArrayList<>();

    /**
     * @param own whether columns that the target makes itself are left out
     * @param staged a copy of their table, or null
     */
    MergeSql(SourceTable theirs, MergedRows.Target target, boolean own, @Nullable String staged) {
        this.theirs = theirs;
        this.target = target;
        ours = target.table();
        from = (staged == null ? Sql.quoted(MergedFile.OTHER, theirs.name()) : staged) + " as S";
        number = "S." + (staged == null ? rowid(theirs).orElse("rowid") : "rowid");
        ourNumber = ours.rowid() ? rowid(ours).orElse(null) : null;
        for (SourceTable.Column column : theirs.columns()) {
            if (own && OwnPlanner.isMadeAnew(theirs.name(), column.name())) {
                continue;
            }
            ours.columns().stream()
                    .filter(known -> known.name().equalsIgnoreCase(column.name()))
                    .forEach(known -> pairs.add(new Pair(known, column)));
        }
    }

    static Optional<String> rowid(SourceTable table) {
        return Sql.rowid(table.columns().stream().map(SourceTable.Column::name).toList());
    }

    boolean has(List<String> columns) {
        return columns.stream()
                .allMatch(
                        name ->
                                theirs.columns().stream()
                                        .anyMatch(c -> c.name().equalsIgnoreCase(name)));
    }

    /** Returns whether a row of the table that takes them is known by its rowid. */
    boolean numbered() {
        return ourNumber != null;
    }

    /** Returns whether a cell may become another one by going in. */
    boolean mayAlter() {
        return pairs.stream()
                .anyMatch(
                        pair ->
                                pair.ours().generated()
                                        || !pair.ours()
                                                .declared()
                                                .equalsIgnoreCase(pair.theirs().declared()));
    }

    /** Returns whether a row that was not taken can be looked for without reading all. */
    boolean canFind() {
        return !narrowing().isEmpty();
    }

    /** All rows of theirs, by number. */
    String numbers() {
        return "select " + number + " from " + from + " order by 1";
    }

    /** Parameter: the row of theirs. */
    String insert() {
        List<String> columns = new ArrayList<>();
        List<String> values = new ArrayList<>();
        if (target.made() && ours.rowid() && ours.alias() == null && ourNumber != null) {
            columns.add(ourNumber);
            values.add(number);
        }
        for (Pair pair : pairs) {
            if (!pair.ours().generated()) {
                columns.add(Sql.quoted(pair.ours().name()));
                values.add("S." + Sql.quoted(pair.theirs().name()));
            }
        }
        for (SourceTable.Column column : ours.columns()) {
            boolean missing = pairs.stream().noneMatch(pair -> pair.ours().equals(column));
            if (missing && !column.generated()) {
                columns.add(Sql.quoted(column.name()));
                values.add(MergedRows.literal(column).orElse("null"));
            }
        }
        return "insert or ignore into "
                + Sql.quoted("main", ours.name())
                + " ("
                + String.join(", ", columns)
                + ") select "
                + String.join(", ", values)
                + " from "
                + from
                + " where "
                + number
                + " = ?1";
    }

    /** The row of ours that has the same cells. Parameter: the row of theirs. */
    String find() {
        String narrowing =
                narrowing().stream()
                        .map(name -> " and " + sides(name, "T.%s is S.%s"))
                        .collect(Collectors.joining());
        return both(ourNumber == null ? "0" : "T." + ourNumber) + narrowing + same() + " limit 1";
    }

    /**
     * Whether a row of ours has the same cells. Parameters: the row of theirs, and the row of ours
     * as {@link #numbered} says.
     */
    String compare() {
        return both("1") + " and " + ref("?2") + same();
    }

    private String both(String selected) {
        return "select "
                + selected
                + " from "
                + from
                + " cross join "
                + Sql.quoted("main", ours.name())
                + " as T where "
                + number
                + " = ?1";
    }

    private String same() {
        return pairs.stream()
                .filter(pair -> !target.added().contains(pair.theirs().name()))
                .map(pair -> " and " + sides(pair.theirs().name(), SAME))
                .collect(Collectors.joining());
    }

    /** The same type and bytes; a real has 17 digits. */
    private static final String SAME =
            "(typeof(T.%1$s) = typeof(S.%2$s) and case typeof(S.%2$s)"
                    + " when 'real' then format('%%!.17g', T.%1$s) = format('%%!.17g', S.%2$s)"
                    + " else cast(T.%1$s as blob) is cast(S.%2$s as blob) end)";

    private String sides(String name, String condition) {
        Pair pair = pair(name);
        return String.format(
                condition, Sql.quoted(pair.ours().name()), Sql.quoted(pair.theirs().name()));
    }

    private Pair pair(String name) {
        return pairs.stream()
                .filter(pair -> pair.theirs().name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow();
    }

    /** The columns of the first key or unique rule that both have. */
    private List<String> narrowing() {
        List<List<String>> rules = new ArrayList<>();
        rules.add(ours.primaryKey());
        for (SourceTable.Index index : ours.indexes()) {
            if (index.unique() && !index.partial() && index.columns() != null) {
                rules.add(index.columns());
            }
        }
        Set<String> shared = new HashSet<>();
        pairs.forEach(pair -> shared.add(pair.ours().name()));
        return rules.stream()
                .filter(rule -> !rule.isEmpty() && shared.containsAll(rule))
                .findFirst()
                .orElse(List.of());
    }

    /** Parameters: the row of theirs, and the row of ours as {@link #numbered} says. */
    String fill() {
        if (target.added().isEmpty()) {
            return "select ?1, ?2";
        }
        return "update or ignore "
                + Sql.quoted("main", ours.name())
                + " as T set ("
                + Sql.list(target.added())
                + ") = (select "
                + Sql.list(target.added())
                + " from "
                + from
                + " where "
                + number
                + " = ?1) where "
                + ref("?2");
    }

    /** Parameter: the row of ours as {@link #numbered} says. */
    String delete() {
        return "delete from " + Sql.quoted("main", ours.name()) + " as T where " + ref("?1");
    }

    /** Where the table has no number, its key says which row it is. */
    private String ref(String parameter) {
        if (ourNumber != null) {
            return "T." + ourNumber + " = " + parameter;
        }
        return "("
                + ours.primaryKey().stream()
                        .map(name -> "T." + Sql.quoted(name))
                        .collect(Collectors.joining(", "))
                + ") = (select "
                + ours.primaryKey().stream()
                        .map(name -> "S." + Sql.quoted(pair(name).theirs().name()))
                        .collect(Collectors.joining(", "))
                + " from "
                + from
                + " where "
                + number
                + " = "
                + parameter
                + ")";
    }

    /** Rows that were added and refer to a parent that is apart: their number, and that in ours. */
    String followers(int table, SourceTable.ForeignKey key, MergeSql parent, int parentTable) {
        List<String> parentColumns =
                key.parentColumns().isEmpty() ? parent.theirs.primaryKey() : key.parentColumns();
        List<String> equal = new ArrayList<>();
        for (int i = 0; i < Math.min(parentColumns.size(), key.columns().size()); i++) {
            equal.add(
                    "S."
                            + Sql.quoted(key.columns().get(i))
                            + " = P."
                            + Sql.quoted(parentColumns.get(i)));
        }
        Function<String, String> as = alias -> alias.substring(0, alias.length() - 1) + "P";
        return "select C.row, C.at from "
                + Fates.TABLE
                + " as A join "
                + as.apply(parent.from)
                + " on P."
                + parent.number.substring(2)
                + " = A.row join "
                + from
                + " on "
                + String.join(" and ", equal)
                + " join "
                + Fates.TABLE
                + " as C on C.tab = "
                + table
                + " and C.row = "
                + number
                + " and C.fate = '"
                + Fate.ADDED
                + "' where A.tab = "
                + parentTable
                + " and A.fate = '"
                + Fate.APART
                + "'";
    }

    /** Makes a table of the rows that are apart. */
    String apart(int table, String name) {
        return "create table "
                + Sql.quoted("main", name)
                + " as select "
                + theirs.columns().stream()
                        .map(column -> "S." + Sql.quoted(column.name()))
                        .collect(Collectors.joining(", "))
                + " from "
                + from
                + " join "
                + Fates.TABLE
                + " as A on A.tab = "
                + table
                + " and A.row = "
                + number
                + " and A.fate = '"
                + Fate.APART
                + "' order by A.row";
    }
}
