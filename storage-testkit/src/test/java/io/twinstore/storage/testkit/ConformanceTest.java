package io.twinstore.storage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.ConfigId;
import io.twinstore.storage.ConfigStore;
import io.twinstore.storage.testkit.ContractReport.ClauseResult;
import io.twinstore.storage.testkit.ContractReport.Outcome;
import io.twinstore.storage.testkit.ContractReport.SaboteurResult;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A run tells what holds from what does not, and what is proven from what is not. */
class ConformanceTest {

    private static final ConfigId ODD = ConfigId.of("1");

    private final CountingStorage storage = new CountingStorage();

    /** Clauses that hold, and one that does not. */
    static final class Clauses {

        @Clause(id = "T-001")
        void oddIsPurged(ClauseContext given) {
            assertThat(given.configs().purge(ODD)).as("odd").isTrue();
        }

        @Clause(id = "T-002")
        void oddIsPurgedInATransaction(ClauseContext given) {
            boolean purged = given.storage().transaction(tx -> tx.configs().purge(ODD));
            assertThat(purged).as("odd").isTrue();
        }

        @Clause(id = "T-003")
        void evenIsPurged(ClauseContext given) {
            assertThat(given.configs().purge(ConfigId.of("2"))).as("even").isTrue();
        }

        @Clause(id = "T-004", needs = Capability.ON_CONNECTION)
        void needsACapability(ClauseContext given) {
            assertThat(given.configs().purge(ODD)).as("odd").isTrue();
        }

        @Clause(id = "T-005", level = Level.SHOULD)
        void needsNoSaboteur(ClauseContext given) {
            assertThat(given.configs().purge(ODD)).as("odd").isTrue();
        }
    }

    private static Saboteur denying(String clause) {
        return purging(clause, "denies", Deeds.claims(false));
    }

    private static Saboteur purging(String clause, String deed, Interceptor how) {
        return new Saboteur(clause, deed, ConfigStore.class, "purge", how);
    }

    private ContractReport run(String ids, Saboteur... saboteurs) {
        return run(storage.harness(), ids, saboteurs);
    }

    private static ContractReport run(StorageHarness harness, String ids, Saboteur... saboteurs) {
        Map<String, String> texts = new TreeMap<>();
        List.of(ids.split(" ")).forEach(id -> texts.put(id, "text of " + id));
        List<CatalogEntry> entries =
                ClauseCatalog.entriesOf(List.<Class<?>>of(Clauses.class)).stream()
                        .filter(entry -> texts.containsKey(entry.id()))
                        .toList();
        return Conformance.run(
                harness, new ClauseCatalog(entries, List.of(saboteurs), new Manifest(texts)));
    }

    @Test
    void passesWhereAllHoldsAndAllIsProven() {
        ContractReport report = run("T-001 T-002", denying("T-001"), denying("T-002"));

        assertThat(report.passed()).as(report.toString()).isTrue();
        assertThat(report.summary())
                .isEqualTo("Contract on counting: 2 clauses, 2 saboteurs caught, 0 failed");
        assertThat(report.clauses()).extracting(ClauseResult::text).contains("text of T-001");
    }

    @Test
    void failsWhereAClauseDoesNotHold() {
        ContractReport report = run("T-003", denying("T-003"));

        assertThat(report.clauses())
                .singleElement()
                .satisfies(clause -> assertThat(clause.outcome()).isEqualTo(Outcome.FAILED))
                .satisfies(clause -> assertThat(clause.problem()).contains("even"));
        assertThat(report.saboteurs()).as("saboteurs of a clause that does not hold").isEmpty();
        assertThat(report.failed()).isEqualTo(1);
    }

    @Test
    void failsWhereASaboteurGetsPast() {
        ContractReport report = run("T-001", purging("T-001", "is honest", Call::proceed));

        assertThat(report.saboteurs())
                .extracting(SaboteurResult::detail)
                .containsExactly("T-001 passes on a storage that is honest.");
        assertThat(report.passed()).isFalse();
    }

    @Test
    void failsWhereAClauseCrashesOrFallsSilent() {
        ContractReport report =
                run(
                        "T-001",
                        purging("T-001", "returns nothing", Deeds.claims(null)),
                        purging(
                                "T-001",
                                "fails without a word",
                                call -> {
                                    throw new AssertionError();
                                }));

        assertThat(report.saboteurs()).extracting(SaboteurResult::caught).containsOnly(false);
        assertThat(report.saboteurs().get(0).detail()).contains("NullPointerException");
        assertThat(report.saboteurs().get(1).detail()).contains("without a word");
    }

    @Test
    void failsWhereABindingClauseIsUnproven() {
        assertThat(run("T-001 T-005").gaps()).containsExactly("Without a saboteur: T-001");
    }

    @Test
    void failsWhereTheManifestNamesMore() {
        assertThat(run("T-005 T-999").gaps())
                .containsExactly("In the manifest, but not run: T-999");
    }

    @Test
    void leavesOutWhatIsNotDeclared() {
        StorageHarness none =
                new StorageHarness() {
                    @Override
                    public String name() {
                        return "none";
                    }

                    @Override
                    public Set<Capability> capabilities() {
                        return Set.of();
                    }

                    @Override
                    public TestDatabase newDatabase() {
                        return storage.harness().newDatabase();
                    }
                };

        ContractReport report = run(none, "T-004", denying("T-004"));

        assertThat(report.clauses())
                .extracting(ClauseResult::outcome)
                .containsExactly(Outcome.NOT_DECLARED);
        assertThat(report.passed()).as(report.toString()).isTrue();
    }

    @Test
    void closesWhatItOpens() {
        run("T-001 T-002", denying("T-001"), denying("T-002"));

        assertThat(storage.closed).as("storages closed").hasValue(1);
        assertThat(storage.opened).as("databases left").hasValue(0);
    }
}
