package io.twinstore.storage.testkit;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The contract as a JUnit class; the author of an adapter extends it and says how to get a
 * database.
 *
 * <pre>{@code
 * class AcmeContractTest extends StorageContract {
 *     @Override
 *     protected StorageHarness harness() {
 *         return new AcmeHarness();
 *     }
 * }
 * }</pre>
 *
 * <p>Needs JUnit 5.14 or later. A run from which clauses were left out fails.
 */
@Execution(ExecutionMode.SAME_THREAD)
public abstract class StorageContract {

    private @Nullable ContractRun run;

    /** Returns the adapter under test. Called once. */
    protected abstract StorageHarness harness();

    /** Hands every clause, and every saboteur of it, to JUnit as a test. */
    @TestFactory
    Stream<DynamicNode> contract(TestReporter reporter) {
        ClauseCatalog catalog = ClauseCatalog.contract();
        ContractRun started = new ContractRun(harness(), catalog);
        run = started;
        Stream<DynamicNode> groups =
                catalog.byGroup().entrySet().stream()
                        .map(group -> container(started, catalog, group));
        return Stream.concat(
                groups,
                Stream.of(dynamicTest("the run is whole", () -> conclude(started, reporter))));
    }

    /** Closes what the run still has open; JUnit has played all its tests by now. */
    @AfterEach
    void closeRun() {
        if (run != null) {
            run.close();
        }
    }

    private static DynamicNode container(
            ContractRun run, ClauseCatalog catalog, Map.Entry<Class<?>, List<CatalogEntry>> group) {
        String name = group.getKey().getSimpleName().replace("Clauses", "");
        return dynamicContainer(
                name, group.getValue().stream().flatMap(entry -> tests(run, catalog, entry)));
    }

    private static Stream<DynamicTest> tests(
            ContractRun run, ClauseCatalog catalog, CatalogEntry entry) {
        String name = entry.id() + " " + catalog.manifest().text(entry.id());
        DynamicTest clause = dynamicTest(name, () -> run.check(entry));
        return Stream.concat(
                Stream.of(clause),
                catalog.saboteursOf(entry).stream().map(saboteur -> test(run, entry, saboteur)));
    }

    private static DynamicTest test(ContractRun run, CatalogEntry entry, Saboteur saboteur) {
        return dynamicTest(
                entry.id() + " notices a storage that " + saboteur.deed(),
                () -> {
                    assumeTrue(
                            run.held(entry),
                            "Only a clause that holds can tell; " + entry.id() + " does not.");
                    run.check(entry, saboteur);
                });
    }

    // The build's output is where the line is wanted, and not every runner shows report entries.
    @SuppressWarnings("SystemOut")
    private static void conclude(ContractRun run, TestReporter reporter) {
        ContractReport report = run.report();
        reporter.publishEntry("contract", report.summary());
        System.out.println(report.summary());
        if (!report.gaps().isEmpty()) {
            fail(String.join("\n", report.gaps()));
        }
    }
}
