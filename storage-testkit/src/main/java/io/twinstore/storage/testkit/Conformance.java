package io.twinstore.storage.testkit;

/** Runs the contract without JUnit. */
public final class Conformance {

    private Conformance() {}

    /**
     * Checks every clause on the adapter, and every saboteur of those that hold.
     *
     * @return what was found; failures are in it, not thrown
     */
    public static ContractReport run(StorageHarness harness) {
        return run(harness, ClauseCatalog.contract());
    }

    static ContractReport run(StorageHarness harness, ClauseCatalog catalog) {
        try (ContractRun run = new ContractRun(harness, catalog)) {
            catalog.entries().forEach(entry -> check(run, catalog, entry));
            return run.report();
        }
    }

    private static void check(ContractRun run, ClauseCatalog catalog, CatalogEntry entry) {
        if (holds(() -> run.check(entry)) && run.held(entry)) {
            catalog.saboteursOf(entry).forEach(saboteur -> holds(() -> run.check(entry, saboteur)));
        }
    }

    /** Tells whether the check passes; the run keeps what it throws, which is for JUnit's sake. */
    private static boolean holds(Runnable check) {
        try {
            check.run();
            return true;
        } catch (AssertionError kept) {
            return false;
        }
    }
}
