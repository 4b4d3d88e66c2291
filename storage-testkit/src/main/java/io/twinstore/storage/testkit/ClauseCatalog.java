package io.twinstore.storage.testkit;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that a run checks: clauses, and the saboteurs that prove them.
 *
 * @param entries the clauses, by class and id
 * @param saboteurs what breaks them
 * @param manifest what must be here
 */
record ClauseCatalog(List<CatalogEntry> entries, List<Saboteur> saboteurs, Manifest manifest) {

    /** Returns the contract of Twinstore. */
    static ClauseCatalog contract() {
        return new ClauseCatalog(
                entriesOf(ContractParts.clauses()), ContractParts.saboteurs(), Manifest.load());
    }

    static List<CatalogEntry> entriesOf(List<Class<?>> groups) {
        return groups.stream().flatMap(ClauseCatalog::entriesOf).toList();
    }

    private static Stream<CatalogEntry> entriesOf(Class<?> group) {
        return Arrays.stream(group.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Clause.class))
                .map(CatalogEntry::of)
                .sorted(Comparator.comparing(CatalogEntry::id));
    }

    /** Returns the clauses by the class that they stand in, in order. */
    Map<Class<?>, List<CatalogEntry>> byGroup() {
        return entries.stream()
                .collect(
                        Collectors.groupingBy(
                                CatalogEntry::group, LinkedHashMap::new, Collectors.toList()));
    }

    /** Returns the saboteurs that break this clause. */
    List<Saboteur> saboteursOf(CatalogEntry entry) {
        return saboteurs.stream().filter(saboteur -> saboteur.clause().equals(entry.id())).toList();
    }

    /** Returns the ids of the clauses in the code. */
    Set<String> ids() {
        return entries.stream()
                .map(CatalogEntry::id)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** Returns the binding clauses that nothing proves to be sharp. */
    List<String> unproven() {
        return entries.stream()
                .filter(entry -> entry.level() == Level.MUST && saboteursOf(entry).isEmpty())
                .map(CatalogEntry::id)
                .toList();
    }
}
