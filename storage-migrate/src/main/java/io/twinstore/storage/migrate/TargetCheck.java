package io.twinstore.storage.migrate;

import io.twinstore.storage.ErrorCode;
import io.twinstore.storage.migrate.Survey.Missing;
import io.twinstore.storage.migrate.Survey.TargetState;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Looks, by questions alone, whether the target lets the move do what it must. */
final class TargetCheck {

    private static final int OLDEST = 140_000;
    private static final int CONNECTIONS = 4;
    private static final int PROBE_ROWS = 200;
    private static final int MANY = 40;

    /** Over a connection that is at least so fast, eight megabytes take four seconds at most. */
    private static final long FAST = 2_000_000;

    /** Of the server, the database and the role, what leaves the fewest. */
    private static final String CONNECTIONS_FREE =
            """
            select least(
                current_setting('max_connections')::int
                    - case when (select rolsuper from pg_roles where rolname = current_user) then 0
                        else current_setting('superuser_reserved_connections')::int end
                    - (select sum(numbackends) from pg_stat_database),
                (select case when datconnlimit < 0 then 100000 else datconnlimit
                        - pg_stat_get_db_numbackends(oid) end
                   from pg_database where datname = current_database()),
                (select case when rolconnlimit < 0 then 100000 else rolconnlimit
                        - (select count(*) from pg_stat_activity where usename = current_user) end
                   from pg_roles where rolname = current_user))
            """;

    private final MigrationPlan plan;
    private final Target target;
    private final List<Missing> missing = new ArrayList<>();

    TargetCheck(MigrationPlan plan, Target target) {
        this.plan = plan;
        this.target = target;
    }

    /**
     * @throws MigrationException when something is missing, with all that is
     */
    void require() throws SQLException {
        List<Missing> found = missing();
        if (found.isEmpty()) {
            return;
        }
        List<String> lines = new ArrayList<>();
        lines.add("The target lacks what the move needs. Nothing was changed.");
        found.forEach(lacking -> lines.add(lacking.what() + " " + lacking.remedy()));
        throw new MigrationException(found.get(0).code(), String.join("\n", lines));
    }

    List<Missing> missing() throws SQLException {
        missing.clear();
        if (target.count("select current_setting('server_version_num')::int") < OLDEST) {
            lacks(
                    ErrorCode.SCHEMA,
                    "The server is PostgreSQL " + version() + ".",
                    "Twinstore needs 14 or newer.");
        }
        if (readOnly()) {
            lacks(
                    ErrorCode.UNAVAILABLE,
                    isStandby()
                            ? "The server is a standby, which takes no writes."
                            : "Transactions are read only (default_transaction_read_only).",
                    isStandby()
                            ? "Name the primary."
                            : "Change that for the role or the database.");
        }
        if (connectionsFree() < CONNECTIONS) {
            lacks(
                    ErrorCode.UNAVAILABLE,
                    "The role may open " + connectionsFree() + " more connections.",
                    "The move needs up to "
                            + CONNECTIONS
                            + ": close some, or raise the limit of server, database or role.");
        }
        rights();
        return List.copyOf(missing);
    }

    TargetState state() throws SQLException, IOException {
        return new TargetState(
                version(),
                isThere(plan.schema()),
                readOnly(),
                connectionsFree(),
                target.count("select pg_database_size(current_database())"),
                linkBytesPerSecond());
    }

    private String version() throws SQLException {
        return String.valueOf(target.first("select current_setting('server_version')"));
    }

    private boolean isStandby() throws SQLException {
        return is("select pg_is_in_recovery()");
    }

    private boolean readOnly() throws SQLException {
        return isStandby() || is("select current_setting('transaction_read_only') = 'on'");
    }

    private long connectionsFree() throws SQLException {
        return Math.max(0, target.count(CONNECTIONS_FREE));
    }

    private boolean isThere(String schema) throws SQLException {
        return target.exists("select 1 from pg_namespace where nspname = ?", schema);
    }

    private boolean is(String question, Object... parameters) throws SQLException {
        return "t".equals(target.first(question, parameters));
    }

    private void lacks(ErrorCode code, String what, String remedy) {
        missing.add(new Missing(code, what, remedy));
    }

    private void rights() throws SQLException {
        List<String> absent = new ArrayList<>();
        for (String schema : List.of(plan.schema(), MigrationTarget.LEDGER)) {
            if (!isThere(schema)) {
                absent.add("'" + schema + "'");
            } else if (!tablesAreThere(schema)) {
                requireSchema(schema, "CREATE");
            }
        }
        if (!absent.isEmpty()
                && !is("select has_database_privilege(current_database(), 'CREATE')")) {
            lacks(
                    ErrorCode.ACCESS_DENIED,
                    "There is no schema "
                            + String.join(" and no schema ", absent)
                            + ", and the role may not make schemas in this database.",
                    "Grant it CREATE on the database, or make the schemas and grant it USAGE and"
                            + " CREATE on them.");
        }
        if (isThere(MigrationTarget.LEDGER) && tablesAreThere(MigrationTarget.LEDGER)) {
            requireSchema(MigrationTarget.LEDGER, "USAGE");
            requireLedger();
        }
        if (plan.layout() == MigrationPlan.Layout.TWINSTORE && isThere(plan.schema())) {
            requireOwned();
        }
    }

    private boolean tablesAreThere(String schema) throws SQLException {
        String table =
                schema.equals(MigrationTarget.LEDGER)
                        ? "quarantine"
                        : plan.tables().get(0).target();
        return isTable(schema, table);
    }

    private boolean isTable(String schema, String table) throws SQLException {
        return target.exists(
                "select 1 from pg_class where relname = ? and relnamespace ="
                        + " (select oid from pg_namespace where nspname = ?)",
                table,
                schema);
    }

    private void requireSchema(String schema, String right) throws SQLException {
        for (String each : right.equals("CREATE") ? List.of("USAGE", right) : List.of(right)) {
            if (!is("select has_schema_privilege(?, ?)", schema, each)) {
                lacks(
                        ErrorCode.ACCESS_DENIED,
                        "The role lacks " + each + " on schema '" + schema + "'.",
                        "Grant it that, or name another schema.");
            }
        }
    }

    private void requireLedger() throws SQLException {
        Map<String, List<String>> needed =
                Map.of(
                        "moves", List.of("SELECT", "INSERT", "UPDATE"),
                        "ranges", List.of("SELECT", "INSERT"),
                        "residue", List.of("SELECT", "INSERT", "DELETE"),
                        "quarantine", List.of("SELECT", "INSERT", "DELETE"));
        for (Map.Entry<String, List<String>> table : needed.entrySet()) {
            for (String right : table.getValue()) {
                String lacking = lacking(table.getKey(), right);
                if (lacking != null) {
                    lacks(ErrorCode.ACCESS_DENIED, lacking, "Grant it that.");
                }
            }
        }
    }

    private @Nullable String lacking(String table, String right) throws SQLException {
        boolean has =
                is(
                        "select has_table_privilege(c.oid, ?) from pg_class c join pg_namespace n"
                                + " on n.oid = c.relnamespace where n.nspname = ? and c.relname = ?",
                        right,
                        MigrationTarget.LEDGER,
                        table);
        return has
                ? null
                : "The role lacks " + right + " on " + MigrationTarget.LEDGER + "." + table + ".";
    }

    /** References are dropped for the load and made again, which is for the owner alone. */
    private void requireOwned() throws SQLException {
        for (TablePlan table : plan.tables()) {
            if (isTable(plan.schema(), table.target())
                    && !is(
                            "select pg_has_role(c.relowner, 'USAGE') from pg_class c join pg_namespace n"
                                    + " on n.oid = c.relnamespace where n.nspname = ? and c.relname = ?",
                            plan.schema(),
                            table.target())) {
                lacks(
                        ErrorCode.ACCESS_DENIED,
                        "The role does not own the table "
                                + plan.schema()
                                + "."
                                + table.target()
                                + ", and the load drops and makes its references.",
                        "Move as its owner, or as a member of that role.");
                return;
            }
        }
    }

    /**
     * Reads megabytes that the server makes up; over a slow connection a part of one. All that was
     * asked for is read, since what is cancelled may be the next statement.
     */
    private long linkBytesPerSecond() throws SQLException, IOException {
        long rate = read(PROBE_ROWS);
        return rate < FAST ? rate : read(MANY * PROBE_ROWS);
    }

    private long read(int rowsOfAThousand) throws SQLException, IOException {
        long begin = System.nanoTime();
        long bytes = 0;
        try (BinaryRows rows =
                BinaryRows.of(
                        target,
                        "select repeat('x', 1000) from generate_series(1, "
                                + rowsOfAThousand
                                + ")")) {
            for (List<byte @Nullable []> row = rows.next(); row != null; row = rows.next()) {
                byte[] field = row.get(0);
                bytes += field == null ? 0 : field.length;
            }
        }
        long nanos = Math.max(1, System.nanoTime() - begin);
        return (long) (bytes * 1e9 / nanos);
    }
}
