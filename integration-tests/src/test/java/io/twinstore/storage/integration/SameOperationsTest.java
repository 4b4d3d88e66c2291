package io.twinstore.storage.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.twinstore.storage.ConfigFilter;
import io.twinstore.storage.NewConfig;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Random sequences of all operations, on SQLite and on PostgreSQL: their callers must not be able
 * to tell which of the two they have.
 *
 * <p>A seed that found a difference is run again with {@code -Dtwinstore.seed=…}; more of them than
 * fit into every build are tried with {@code -Dtwinstore.sequences=400}.
 */
class SameOperationsTest {

    private static final String SEED = "twinstore.seed";
    private static final int LENGTH = 250;
    private static final int SEQUENCES = Integer.getInteger("twinstore.sequences", 6);

    private static Lockstep databases;

    @BeforeAll
    static void open() {
        databases = new Lockstep(new Side(new SqliteHarness()), new Side(new PostgresHarness()));
    }

    @AfterAll
    static void close() {
        databases.close();
    }

    @Test
    void agreeOnTheSameOperationsAsEver() throws SQLException {
        for (long seed = 1; seed <= 6; seed++) {
            agree(seed);
        }
    }

    @Test
    void agreeOnOperationsNeverSeenBefore() throws SQLException {
        String given = System.getProperty(SEED);
        if (given != null) {
            agree(Long.parseLong(given));
            return;
        }
        long first = new SecureRandom().nextLong() >>> 1;
        for (int i = 0; i < SEQUENCES; i++) {
            agree(first + i);
        }
    }

    private static void agree(long seed) throws SQLException {
        List<Operation> operations = new OperationSource(seed).sequence(LENGTH);
        Optional<Lockstep.Difference> difference = databases.run(operations);
        if (difference.isPresent()) {
            List<Operation> shortest = databases.shrink(operations, difference.get());
            fail(
                    "-D%s=%d parts the databases at %s%n%nThis is enough to see it:%n%s%n%s",
                    SEED,
                    seed,
                    difference.get(),
                    shortest.stream()
                            .map(Operation::toString)
                            .collect(Collectors.joining("\n", "", "\n")),
                    databases.run(shortest).map(Lockstep.Difference::toString).orElse("not again"));
        }
    }

    /**
     * A difference that needs one operation before it is found, and nothing but the two is left.
     */
    @Test
    void findsADifferenceAndShrinksIt() throws SQLException {
        Operation creating =
                new Operation(
                        "create",
                        (stores, side) -> stores.configs().create(NewConfig.named("needed")));
        Operation parting =
                new Operation(
                        "part",
                        (stores, side) ->
                                stores.configs().count(ConfigFilter.all().named("needed")) > 0
                                        && side.storage().info().schema() != null);
        List<Operation> operations = new ArrayList<>(new OperationSource(7).sequence(30));
        operations.add(10, creating);
        operations.add(20, parting);
        Lockstep.Difference found = databases.run(operations).orElseThrow();
        assertThat(found.at()).isEqualTo(20);
        assertThat(found.operation()).isEqualTo("part");
        assertThat(databases.shrink(operations, found)).containsExactly(creating, parting);
    }

    /** Few of the operations may be refused, or the sequences would compare little but errors. */
    @Test
    void operationsMostlySucceed() {
        try (Side side = new Side(new SqliteHarness())) {
            List<Operation> operations = new OperationSource(1).sequence(1000);
            long refused =
                    operations.stream()
                            .map(operation -> operation.outcome(side.storage(), side))
                            .filter(outcome -> outcome.matches("(?s)\\w+Exception .*|Conflict .*"))
                            .count();
            assertThat(refused).isBetween(100L, 400L);
        }
    }
}
