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

    // The run keeps what it throws; to throw it is for JUnit's sake.
    @SuppressWarnings("EmptyCatch")
    private static void check(ContractRun run, ClauseCatalog catalog, CatalogEntry entry) {
        try {
            run.check(entry);
        } catch (Throwable kept) {
            return;
        }
        if (run.held(entry)) {
            for (Saboteur saboteur : catalog.saboteursOf(entry)) {
                try {
                    run.check(entry, saboteur);
                } catch (AssertionError kept) {
                    // In the report.
                }
            }
        }
    }
}
