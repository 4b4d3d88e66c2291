package io.twinstore.storage.migrate;

import io.twinstore.storage.migrate.Fates.Fate;
import io.twinstore.storage.migrate.SourceTable.Column;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The statements by which rows of one table ({@code S}) come to another ({@code T}). */
final class MergeSql {

    /** A column of both, by the name that each has for it. */
    private record Pair(Column ours, Column theirs) {

        String exactly() {
            return String.format(
                    "(typeof(T.%1$s) = typeof(S.%2$s) and case typeof(S.%2$s)"
                            + " when 'real' then T.%1$s = S.%2$s"
                            + " else cast(T.%1$s as blob) is cast(S.%2$s as blob) end)",
                    Sql.quoted(ours.name()), Sql.quoted(theirs.name()));
        }

        /** What each has of it if that is a real. */
        String reals() {
            return real("T." + Sql.quoted(ours.name()))
                    + ", "
                    + real("S." + Sql.quoted(theirs.name()));
        }

        private static String real(String name) {
            return "case typeof(" + name + ") when 'real' then " + name + " end";
        }
    }

    /** SQLite bounds how deep a condition nests. */
    private static final int MOST_TERMS = 100;

    private final MergeSide theirs;
    private final MergeSide ours;
    private final MergedRows.Target target;
    private final List<Pair> pairs = new ArrayList<>();
    private final List<Set<String>> shared;

    /**
     * @param own whether columns that the target makes itself are left out
     */
    MergeSql(MergeSide theirs, MergeSide ours, MergedRows.Target target, boolean own) {
        this.theirs = theirs;
        this.ours = ours;
        this.target = target;
        for (Column column : theirs.table().columns()) {
            if (own && OwnPlanner.isMadeAnew(theirs.table().name(), column.name())) {
                continue;
            }
            ours.table().columns().stream()
                    .filter(known -> Sql.same(known.name(), column.name()))
                    .forEach(known -> pairs.add(new Pair(known, column)));
        }
        shared = target.made() ? List.of() : sharedRules();
    }

    /** Returns whether rows have all of the key by which the table knows its own. */
    boolean canTake() {
        return ours.table().primaryKey().stream().allMatch(name -> pair(name).isPresent());
    }

    /** Returns whether a cell goes in as it is: the tables were made by the same words. */
    boolean unaltered() {
        return ours.table().sql().equals(theirs.table().sql());
    }

    /**
     * The columns of each key or unique rule that both tables have, and compare alike: by one of
     * them at most one row of theirs is the same as one of ours, and the other way round.
     */
    private List<Set<String>> sharedRules() {
        List<Set<String>> known = rules(theirs.table());
        return rules(ours.table()).stream()
                .filter(known::contains)
                .filter(columns -> columns.stream().allMatch(this::isAlike))
                .distinct()
                .toList();
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
                + theirs.number("S")
                + " from "
                + theirs.byNumber("S")
                + " where "
                + theirs.linked("S")
                + " and "
                + theirs.number("S")
                + " >= ?1 order by 1 limit "
                + most;
    }

    /** Parameter: the row of theirs. */
    String insert() {
        List<String> columns = new ArrayList<>();
        List<String> values = new ArrayList<>();
        if (target.made() && ours.table().rowid() && ours.table().alias() == null) {
            columns.add(ours.rowid());
            values.add(theirs.number("S"));
        }
        for (Pair pair : pairs) {
            if (!pair.ours().generated()) {
                columns.add(Sql.quoted(pair.ours().name()));
                values.add("S." + Sql.quoted(pair.theirs().name()));
            }
        }
        for (Column column : ours.table().columns()) {
            boolean missing = pairs.stream().noneMatch(pair -> pair.ours().equals(column));
            if (missing && !column.generated()) {
                columns.add(Sql.quoted(column.name()));
                values.add(MergedRows.literal(column).orElse("null"));
            }
        }
        return "insert or ignore into "
                + ours.name()
                + " ("
                + String.join(", ", columns)
                + ") select "
                + String.join(", ", values)
                + theirRow();
    }

    private String theirRow() {
        return " from "
                + theirs.byNumber("S")
                + " where "
                + theirs.linked("S")
                + " and "
                + theirs.number("S")
                + " = ?1";
    }

    /** Numbers the row that went in. Parameter: the row of theirs. */
    String numbering() {
        List<String> key =
                ours.table().primaryKey().stream()
                        .map(name -> "S." + Sql.quoted(pair(name).orElseThrow().theirs().name()))
                        .toList();
        return ours.numbering(key, theirRow());
    }

    /**
     * For each rule that both have, the row of ours that has the same cells as one of theirs by all
     * columns that are not added, as {@link #compare} has it. Parameter: the row of theirs.
     */
    List<String> find() {
        List<Pair> compared =
                pairs.stream()
                        .filter(p -> target.added().stream().noneMatch(a -> a.is(p.theirs())))
                        .toList();
        return shared.stream().map(rule -> found(compared, ours.rows("T"), byRule(rule))).toList();
    }

    private List<String> byRule(Set<String> rule) {
        return rule.stream()
                .map(name -> pair(name).orElseThrow())
                .map(
                        p ->
                                "T."
                                        + Sql.quoted(p.ours().name())
                                        + " = S."
                                        + Sql.quoted(p.theirs().name())
                                        + " collate binary")
                .toList();
    }

    /**
     * The number of a row of ours that has the same cells as one of theirs, and of each column the
     * reals of both, since SQL knows no difference between 0.0 and -0.0. Parameters: the row of
     * theirs, and the row of ours.
     */
    String compare() {
        return found(pairs, ours.byNumber("T"), List.of(ours.number("T") + " = ?2"));
    }

    private String found(List<Pair> compared, String from, List<String> which) {
        List<String> conditions =
                new ArrayList<>(
                        List.of(
                                theirs.number("S") + " = ?1",
                                theirs.linked("S"),
                                ours.linked("T")));
        conditions.addAll(which);
        compared.forEach(pair -> conditions.add(pair.exactly()));
        return "select "
                + ours.number("T")
                + compared.stream().map(p -> ", " + p.reals()).collect(Collectors.joining())
                + " from "
                + theirs.byNumber("S")
                + " cross join "
                + from
                + " where "
                + all(conditions)
                + " limit 1";
    }

    private static String all(List<String> conditions) {
        List<String> groups = new ArrayList<>();
        for (int from = 0; from < conditions.size(); from += MOST_TERMS) {
            int to = Math.min(conditions.size(), from + MOST_TERMS);
            groups.add("(" + String.join(" and ", conditions.subList(from, to)) + ")");
        }
        return String.join(" and ", groups);
    }

    /** Gives a row what only theirs has of it. Parameters: the row of theirs, and that of ours. */
    String fill() {
        List<String> names = target.added().stream().map(MergedRows.Added::name).toList();
        return "update or ignore "
                + ours.name()
                + " as T set ("
                + Sql.list(names)
                + ") = (select "
                + names.stream()
                        .map(name -> "S." + Sql.quoted(name))
                        .collect(Collectors.joining(", "))
                + theirRow()
                + ") where "
                + ours.at("T", "?2");
    }

    /** Takes it away again. Parameter: the row of ours. */
    String empty() {
        return "update "
                + ours.name()
                + " as T set "
                + target.added().stream()
                        .map(added -> Sql.quoted(added.name()) + " = " + added.without())
                        .collect(Collectors.joining(", "))
                + " where "
                + ours.at("T", "?1");
    }

    /** Parameter: the row of ours. */
    String delete() {
        return "delete from " + ours.name() + " as T where " + ours.at("T", "?1");
    }

    /** Makes a table of the rows that are apart. */
    String apart(int table, String name) {
        return "create table "
                + Sql.quoted("main", name)
                + " as select "
                + theirs.table().columns().stream()
                        .map(column -> "S." + Sql.quoted(column.name()))
                        .collect(Collectors.joining(", "))
                + " from "
                + Fates.TABLE
                + " as A cross join "
                + theirs.byNumber("S")
                + " where "
                + theirs.linked("S")
                + " and A.tab = "
                + table
                + " and A.row = "
                + theirs.number("S")
                + " and A.fate = '"
                + Fate.APART
                + "' order by A.row";
    }
}
