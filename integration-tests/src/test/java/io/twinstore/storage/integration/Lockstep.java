package io.twinstore.storage.integration;

import io.twinstore.storage.ConfigFilter;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.Session;
import io.twinstore.storage.SessionFilter;
import io.twinstore.storage.Storage;
import io.twinstore.storage.UserFilter;
import io.twinstore.storage.Visibility;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gives two databases the same operations and compares what their callers see. */
final class Lockstep implements AutoCloseable {

    private static final int SHRINKING_RUNS = 400;

    private final Side one;
    private final Side other;

    Lockstep(Side one, Side other) {
        this.one = one;
        this.other = other;
    }

    /** Where the two part, after so many operations. */
    record Difference(int at, String operation, String ofOne, String ofOther) {
        @Override
        public String toString() {
            return "operation "
                    + (at + 1)
                    + ", "
                    + operation
                    + "\n  sqlite:     "
                    + ofOne
                    + "\n  postgresql: "
                    + ofOther;
        }
    }

    /** Runs the operations on empty databases and returns the first difference. */
    Optional<Difference> run(List<Operation> operations) throws SQLException {
        one.clear();
        other.clear();
        for (int i = 0; i < operations.size(); i++) {
            Operation operation = operations.get(i);
            Optional<Difference> difference =
                    compare(
                            i,
                            operation.toString(),
                            operation.outcome(one.storage(), one),
                            operation.outcome(other.storage(), other));
            if (difference.isPresent()) {
                return difference;
            }
        }
        return compare(
                operations.size(), "all lists at the end", everything(one), everything(other));
    }

    private static Optional<Difference> compare(
            int at, String operation, String ofOne, String ofOther) {
        return ofOne.equals(ofOther) && !ofOne.contains(Operation.FAULT)
                ? Optional.empty()
                : Optional.of(new Difference(at, operation, ofOne, ofOther));
    }

    /** Leaves out what the difference does not need, as far as a fair number of runs shows. */
    List<Operation> shrink(List<Operation> failing, Difference difference) throws SQLException {
        List<Operation> shortest =
                failing.subList(0, Math.min(difference.at() + 1, failing.size()));
        int runs = 0;
        for (int chunk = shortest.size() / 2; chunk > 0; chunk = chunk / 2) {
            for (int from = 0; from < shortest.size() && runs < SHRINKING_RUNS; runs++) {
                List<Operation> fewer = new ArrayList<>(shortest);
                fewer.subList(from, Math.min(from + chunk, fewer.size())).clear();
                Optional<Difference> still = run(fewer);
                if (still.isPresent()) {
                    shortest = fewer.subList(0, Math.min(still.get().at() + 1, fewer.size()));
                } else {
                    from += chunk;
                }
            }
        }
        return shortest;
    }

    /** Everything there is to see, deleted records and the rows of every table included. */
    private static String everything(Side side) throws SQLException {
        Storage storage = side.storage();
        PageRequest page = PageRequest.ofSize(7);
        StringBuilder all = new StringBuilder();
        ConfigFilter configs = ConfigFilter.all().visibility(Visibility.ANY);
        all.append(Paging.all(page, p -> storage.configs().list(configs, p)));
        all.append(
                ApplicationOperations.masked(
                        Paging.all(page, p -> storage.applications().list(p)).toString()));
        all.append(Paging.all(page, p -> storage.users().list(UserFilter.all(), p)));
        all.append(Paging.all(page, p -> storage.settings().all(p)));
        SessionFilter any = SessionFilter.builder().visibility(Visibility.ANY).build();
        all.append(Paging.all(page, p -> storage.sessions().list(any, p)));
        for (var found : Paging.all(page, p -> storage.sessions().list(SessionFilter.all(), p))) {
            for (Session session : found.items()) {
                all.append(storage.sessions().participants(session.id()));
                all.append(storage.sessions().transcript(session.id()));
            }
        }
        try (Connection connection = side.tables()) {
            for (String rows :
                    List.of(
                            "session_id || ' ' || seq || body from session_messages",
                            "session_id || ' ' || idempotency_key || ' ' || first_seq || ' ' ||"
                                    + " last_seq from session_appends",
                            "session_id || ' ' || user_id || ' ' || role from session_participants",
                            "session_id || ' ' || last_seq || ' ' || base_seq || ' ' ||"
                                    + " message_count || ' ' || fence from session_heads",
                            "session_id from sessions where held_at is not null",
                            "session_id || ' ' || holder || ' ' || token from session_leases",
                            "app_id || ' ' || coalesce(substr(lookup, 1, 4), substr(key_hash, 1, 4))"
                                    + " || case when expires_at is null then '' else ' old' end"
                                    + " from application_keys")) {
                all.append(
                        SchemaFacts.lines(connection, "select " + rows).stream().sorted().toList());
            }
        }
        return all.toString();
    }

    @Override
    public void close() {
        try (one;
                other) {
            one.cursors().clear();
        }
    }
}
