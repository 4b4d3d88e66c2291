package io.twinstore.storage.migrate;

import io.twinstore.storage.migrate.Fates.Fate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The statements by which rows of one table ({@code S}) come to another ({@code T}). */
final class MergeSql {

    /** A column of both, by the name that each has for it. */
    private record Pair(SourceTable.Column ours, SourceTable.Column theirs) {

        String exactly() {
            return String.format(
                    "(typeof(T.%1$s) = typeof(S.%2$s) and case typeof(S.%2$s)"
                            + " when 'real' then T.%1$s = S.%2$s"
                            + " else cast(T.%1$s as blob) is cast(S.%2$s as blob) end)",
                    Sql.quoted(ours.name()), Sql.quoted(theirs.name()));
        }

        String real(String alias, SourceTable.Column column) {
            String name = alias + "." + Sql.quoted(column.name());
            return "case typeof(" + name + ") when 'real' then " + name + " end";
        }
    }

    private final SourceTable theirs;
    private final SourceTable ours;
    private final MergedRows.Target target;
    private final String from;
    private final String number;
    private final @Nullable String ourNumber;
    private final List<Pair> pairs = new ArrayList<>();
    private final Set<String> rule;

    /**
     * @param own whether columns that the target makes itself are left out
     * @param staged a copy of their table, or null
     */
    MergeSql(SourceTable theirs, MergedRows.Target target, boolean own, @Nullable String staged) {
        this.theirs = theirs;
        this.target = target;
        ours = target.table();
        from = staged == null ? Sql.quoted(MergedFile.OTHER, theirs.name()) : staged;
        number = staged == null ? rowid(theirs).orElse("rowid") : "rowid";
        ourNumber = ours.rowid() ? rowid(ours).orElse(null) : null;
        for (SourceTable.Column column : theirs.columns()) {
            if (own && OwnPlanner.isMadeAnew(theirs.name(), column.name())) {
                continue;
            }
            ours.columns().stream()
                    .filter(known -> Sql.same(known.name(), column.name()))
                    .forEach(known -> pairs.add(new Pair(known, column)));
        }
        rule = target.made() ? Set.of() : sharedRule();
    }

    static Optional<String> rowid(SourceTable table) {
        return Sql.rowid(table.columns().stream().map(SourceTable.Column::name).toList());
    }

    /** Returns their rows as an SQL source. */
    String rows(String alias) {
        return from + " as " + alias;
    }

    /** Returns what tells their rows apart. */
    String number(String alias) {
        return alias + "." + number;
    }

    boolean has(List<String> columns) {
        return columns.stream()
                .allMatch(
                        name -> theirs.columns().stream().anyMatch(c -> Sql.same(c.name(), name)));
    }

    /** Returns whether a row of the table that takes them is known by its rowid. */
    boolean numbered() {
        return ourNumber != null;
    }

    /** Returns whether rows have all of the key by which the table knows its own. */
    boolean canTake() {
        return ours.primaryKey().stream().allMatch(name -> pair(name).isPresent())
                && (numbered() || !ours.primaryKey().isEmpty());
    }

    /** Returns whether a cell goes in as it is: the tables were made by the same words. */
    boolean unaltered() {
        return ours.sql().equals(theirs.sql());
    }

    /** Returns whether a row of ours that has the same cells can be looked for. */
    boolean canFind() {
        return !rule.isEmpty();
    }

    /**
     * The columns of a key or unique rule that both tables have, and compare alike: by that at most
     * one row of theirs is the same as one of ours, and the other way round.
     */
    private Set<String> sharedRule() {
        List<Set<String>> known = rules(theirs);
        return rules(ours).stream()
                .filter(known::contains)
                .filter(columns -> columns.stream().allMatch(this::isAlike))
                .findFirst()
                .orElse(Set.of());
    }

    private static List<Set<String>> rules(SourceTable table) {
        List<Set<String>> rules = new ArrayList<>();
        if (!table.primaryKey().isEmpty() && table.binaryKey()) {
            rules.add(folded(table.primaryKey()));
        }
        for (SourceTable.Index index : table.indexes()) {
            List<String> columns = index.columns();
            if (index.unique() && !index.partial() && index.binary() && columns != null) {
                rules.add(folded(columns));
            }
        }
        return rules;
    }

    private static Set<String> folded(List<String> names) {
        return names.stream().map(Sql::folded).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private boolean isAlike(String name) {
        return pair(name)
                .filter(p -> p.ours().declared().equalsIgnoreCase(p.theirs().declared()))
                .isPresent();
    }

    private Optional<Pair> pair(String name) {
        return pairs.stream().filter(pair -> Sql.same(pair.ours().name(), name)).findFirst();
    }

    /** The next rows of theirs, by number. Parameter: the lowest number. */
    String numbers(int most) {
        return "select "
                + number("S")
                + " from "
                + rows("S")
                + " where "
                + number("S")
                + " >= ?1 order by 1 limit "
                + most;
    }

    /** Parameter: the row of theirs. */
    String insert() {
        List<String> columns = new ArrayList<>();
        List<String> values = new ArrayList<>();
        if (target.made() && ours.alias() == null && ourNumber != null) {
            columns.add(ourNumber);
            values.add(number("S"));
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
                + main()
                + " ("
                + String.join(", ", columns)
                + ") select "
                + String.join(", ", values)
                + " from "
                + rows("S")
                + " where "
                + number("S")
                + " = ?1";
    }

    private String main() {
        return Sql.quoted("main", ours.name());
    }

    /**
     * The row of ours that has the same cells, and of each column the reals of both, since SQL
     * knows no difference between 0.0 and -0.0. Parameter: the row of theirs.
     */
    String find() {
        List<Pair> compared =
                pairs.stream().filter(p -> !target.added().contains(p.theirs().name())).toList();
        return "select "
                + (ourNumber == null ? "0" : "T." + ourNumber)
                + compared.stream()
                        .map(p -> ", " + p.real("T", p.ours()) + ", " + p.real("S", p.theirs()))
                        .collect(Collectors.joining())
                + both()
                + rule.stream()
                        .map(name -> pair(name).orElseThrow())
                        .map(
                                p ->
                                        " and T."
                                                + Sql.quoted(p.ours().name())
                                                + " = S."
                                                + Sql.quoted(p.theirs().name()))
                        .collect(Collectors.joining())
                + exactly(compared)
                + " limit 1";
    }

    /**
     * Whether a row of ours has the same cells. Parameters: the row of theirs, and the row of ours
     * as {@link #numbered} says.
     */
    String compare() {
        return "select 1" + both() + " and " + ref("?2") + exactly(pairs);
    }

    private String both() {
        return " from "
                + rows("S")
                + " cross join "
                + main()
                + " as T where "
                + number("S")
                + " = ?1";
    }

    private static String exactly(List<Pair> pairs) {
        return pairs.stream().map(pair -> " and " + pair.exactly()).collect(Collectors.joining());
    }

    /** Parameters: the row of theirs, and the row of ours as {@link #numbered} says. */
    String fill() {
        return "update or ignore "
                + main()
                + " as T set ("
                + Sql.list(target.added())
                + ") = (select "
                + Sql.list(target.added())
                + " from "
                + rows("S")
                + " where "
                + number("S")
                + " = ?1) where "
                + ref("?2");
    }

    /** Parameter: the row of ours as {@link #numbered} says. */
    String delete() {
        return "delete from " + main() + " as T where " + ref("?1");
    }

    /** Where the table has no number, its key says which row it is, by type and bytes. */
    private String ref(String parameter) {
        if (ourNumber != null) {
            return "T." + ourNumber + " = " + parameter;
        }
        List<Pair> key = ours.primaryKey().stream().map(name -> pair(name).orElseThrow()).toList();
        String theirRow = " from " + rows("S") + " where " + number("S") + " = " + parameter;
        return "("
                + key.stream()
                        .map(p -> "T." + Sql.quoted(p.ours().name()))
                        .collect(Collectors.joining(", "))
                + ") = (select "
                + key.stream()
                        .map(p -> "S." + Sql.quoted(p.theirs().name()))
                        .collect(Collectors.joining(", "))
                + theirRow
                + ") and exists (select 1"
                + theirRow
                + exactly(key)
                + ")";
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
                + rows("S")
                + " join "
                + Fates.TABLE
                + " as A on A.tab = "
                + table
                + " and A.row = "
                + number("S")
                + " and A.fate = '"
                + Fate.APART
                + "' order by A.row";
    }
}
