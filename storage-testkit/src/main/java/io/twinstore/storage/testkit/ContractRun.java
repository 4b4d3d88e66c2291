package io.twinstore.storage.testkit;

import io.twinstore.storage.Storage;
import io.twinstore.storage.testkit.ContractReport.ClauseResult;
import io.twinstore.storage.testkit.ContractReport.Outcome;
import io.twinstore.storage.testkit.ContractReport.SaboteurResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Runs clauses and saboteurs on one adapter, one at a time, and keeps what came of them.
 *
 * <p>The clauses of a class share a database and a storage, which are closed when those of another
 * class begin, so that no more than one pool is open beside what a clause opens itself.
 */
final class ContractRun implements AutoCloseable {

    private final StorageHarness harness;
    private final ClauseCatalog catalog;
    private final Map<String, ClauseResult> clauses = new LinkedHashMap<>();
    private final List<SaboteurResult> saboteurs = new ArrayList<>();
    private @Nullable Ground ground;

    ContractRun(StorageHarness harness, ClauseCatalog catalog) {
        this.harness = harness;
        this.catalog = catalog;
    }

    /** Where the clauses of one class run. */
    private record Ground(
            Class<?> group, TestDatabase database, SettableClock clock, Storage storage) {

        void close() {
            storage.close();
            database.close();
        }
    }

    /**
     * Checks the clause on the honest storage.
     *
     * @throws AssertionError when it does not hold, naming it, with what it threw as the cause
     */
    void check(CatalogEntry entry) {
        if (!binds(entry)) {
            keep(entry, Outcome.NOT_DECLARED, null);
            return;
        }
        try {
            play(entry, UnaryOperator.identity(), entry::check);
            keep(entry, Outcome.PASSED, null);
        } catch (Throwable problem) {
            keep(entry, Outcome.FAILED, problem.toString());
            throw new AssertionError(entry.id() + ": " + problem, problem);
        }
    }

    /** Tells whether the clause was checked and held, so that its saboteurs can be judged. */
    boolean held(CatalogEntry entry) {
        ClauseResult result = clauses.get(entry.id());
        return result != null && result.outcome() == Outcome.PASSED;
    }

    /**
     * Checks that the clause notices the saboteur.
     *
     * @throws AssertionError when it does not, or does not say it readably
     */
    void check(CatalogEntry entry, Saboteur saboteur) {
        SaboteurResult result = judge(entry, saboteur);
        saboteurs.add(result);
        if (!result.caught()) {
            throw new AssertionError(result.detail());
        }
    }

    private SaboteurResult judge(CatalogEntry entry, Saboteur saboteur) {
        try {
            play(
                    entry,
                    saboteur::inFrontOf,
                    context -> Patience.sabotaged(() -> entry.check(context)));
        } catch (AssertionError noticed) {
            String message = noticed.getMessage();
            return message == null || message.isBlank()
                    ? result(saboteur, false, "It fails without a word.")
                    : result(saboteur, true, message);
        } catch (Throwable crash) {
            return result(saboteur, false, "It does not assert, it crashes: " + crash);
        }
        return result(
                saboteur, false, entry.id() + " passes on a storage that " + saboteur.deed() + ".");
    }

    private static SaboteurResult result(Saboteur saboteur, boolean caught, String detail) {
        return new SaboteurResult(saboteur.clause(), saboteur.deed(), caught, detail);
    }

    private boolean binds(CatalogEntry entry) {
        return harness.capabilities().containsAll(entry.needs());
    }

    /** How a clause is checked. */
    @FunctionalInterface
    private interface Check {
        void on(ClauseContext context) throws Exception;
    }

    private void play(CatalogEntry entry, UnaryOperator<Storage> front, Check check)
            throws Throwable {
        Ground here = groundOf(entry.group());
        here.clock().set(ClauseContext.START);
        try (ClauseContext context =
                new ClauseContext(harness, here.database(), here.clock(), here.storage(), front)) {
            Together.alone(
                    () -> {
                        check.on(context);
                        return null;
                    });
        }
    }

    private Ground groundOf(Class<?> group) {
        if (ground == null || ground.group() != group) {
            close();
            TestDatabase database = harness.newDatabase();
            SettableClock clock = new SettableClock(ClauseContext.START);
            Storage storage = database.open(database.options().toBuilder().clock(clock).build());
            ground = new Ground(group, database, clock, storage);
        }
        return ground;
    }

    private void keep(CatalogEntry entry, Outcome outcome, @Nullable String problem) {
        String text = catalog.manifest().text(entry.id());
        clauses.put(
                entry.id(), new ClauseResult(entry.id(), text, entry.level(), outcome, problem));
    }

    /** Returns what is wrong with the run as such; empty when every clause of the manifest ran. */
    List<String> gaps() {
        List<String> gaps = new ArrayList<>();
        note(
                gaps,
                "In the manifest, but not run: ",
                catalog.manifest().missingIn(clauses.keySet()));
        note(
                gaps,
                "Run, but not in the manifest: ",
                catalog.manifest().unknownIn(clauses.keySet()));
        note(gaps, "Without a saboteur: ", Set.copyOf(catalog.unproven()));
        return gaps;
    }

    private static void note(List<String> gaps, String what, Set<String> ids) {
        if (!ids.isEmpty()) {
            gaps.add(what + String.join(", ", ids.stream().sorted().toList()));
        }
    }

    ContractReport report() {
        return new ContractReport(harness.name(), List.copyOf(clauses.values()), saboteurs, gaps());
    }

    @Override
    public void close() {
        if (ground != null) {
            ground.close();
            ground = null;
        }
    }
}
