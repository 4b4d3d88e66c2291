package io.twinstore.storage.integration;

import io.twinstore.storage.ConfigId;
import io.twinstore.storage.Isolation;
import io.twinstore.storage.Stores;
import io.twinstore.storage.TransactionOptions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Makes up operations of every kind from a seed. */
final class OperationSource {

    private final ValuePool pool;
    private final ConfigOperations configs;
    private final SessionOperations sessions;
    private final ReadingOperations reading;
    private final LeaseOperations leases;
    private final ApplicationOperations applications;
    private final UserOperations users;
    private final SettingOperations settings;
    private final LimitedOperations limited;
    private final RetentionOperations retention;

    OperationSource(long seed) {
        pool = new ValuePool(new Random(seed));
        configs = new ConfigOperations(pool);
        sessions = new SessionOperations(pool);
        reading = new ReadingOperations(pool);
        leases = new LeaseOperations(pool);
        applications = new ApplicationOperations(pool);
        users = new UserOperations(pool);
        settings = new SettingOperations(pool);
        limited = new LimitedOperations(pool);
        retention = new RetentionOperations(pool);
    }

    /** Returns so many operations; they start with records for the others to meet on. */
    List<Operation> sequence(int length) {
        List<Operation> start = new ArrayList<>();
        ValuePool.configs().forEach(id -> start.add(configs.create(id)));
        ValuePool.sessions().forEach(id -> start.add(sessions.create(id)));
        return Stream.concat(start.stream(), Stream.generate(this::next)).limit(length).toList();
    }

    private Operation next() {
        return switch (pool.below(32)) {
            case 0, 1 -> together("transaction");
            case 2, 3 -> together("on a host's connection");
            case 4, 5, 6 -> clock();
            default -> simple();
        };
    }

    private Operation simple() {
        Operation operation = unlimited();
        return pool.rarely(8) ? limited.next(operation) : operation;
    }

    private Operation unlimited() {
        return switch (pool.below(35)) {
            case 28, 29 -> applications.next();
            case 30, 31 -> users.next();
            case 32, 33 -> settings.next();
            case 34 -> retention.next();
            case 24, 25 -> leases.next();
            case 26, 27 -> reading.nextReplacement();
            case 0, 1, 2 -> configs.next();
            case 3, 4, 5, 6, 7 -> sessions.next();
            case 8, 9, 10, 11 -> sessions.nextParticipation();
            case 12, 13, 14, 15, 16, 17 -> reading.nextAppend();
            case 18, 19, 20 -> reading.nextReading();
            default -> reading.nextList();
        };
    }

    private Operation clock() {
        Duration step = pool.step();
        return new Operation("clock " + step, (stores, side) -> side.clock().move(step));
    }

    /** Some operations in one transaction, which is committed or not. */
    private Operation together(String kind) {
        List<Operation> operations =
                new ArrayList<>(Stream.generate(this::simple).limit(1 + pool.below(4)).toList());
        if (pool.rarely(8)) {
            operations.add(outside());
        }
        boolean kept = !pool.rarely(3);
        String text = kind + (kept ? ", committed " : ", rolled back ") + operations;
        Isolation isolation = pool.one(List.of(Isolation.values()));
        return kind.equals("transaction")
                ? new Operation(
                        text + " " + isolation,
                        (stores, side) -> transaction(side, operations, isolation, kept))
                : new Operation(text, (stores, side) -> hosted(side, operations, kept));
    }

    /** A call past the transaction: refused in one of the storage's own. */
    private Operation outside() {
        ConfigId id = pool.config();
        return new Operation(
                "outside: configs.find " + id, (stores, side) -> side.storage().configs().find(id));
    }

    private static final class UndoneException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    private static List<String> transaction(
            Side side, List<Operation> operations, Isolation isolation, boolean kept)
            throws SQLException {
        List<String> outcomes = new ArrayList<>();
        try (Connection index = side.withoutIndexing()) {
            side.storage()
                    .transaction(
                            TransactionOptions.standard().isolation(isolation),
                            tx -> {
                                outcomes.addAll(run(operations, tx, side));
                                if (!kept) {
                                    throw new UndoneException();
                                }
                                return Boolean.TRUE;
                            });
            index.rollback();
        } catch (UndoneException e) {
            outcomes.add("rolled back");
        }
        return outcomes;
    }

    private static List<String> hosted(Side side, List<Operation> operations, boolean kept)
            throws Exception {
        try (Connection connection = side.connection()) {
            connection.setAutoCommit(false);
            side.takeTurn(connection);
            List<String> outcomes = run(operations, side.storage().on(connection), side);
            if (kept) {
                connection.commit();
            } else {
                connection.rollback();
            }
            return outcomes;
        }
    }

    private static List<String> run(List<Operation> operations, Stores stores, Side side) {
        return operations.stream().map(operation -> operation.outcome(stores, side)).toList();
    }
}
