package io.twinstore.storage.integration.moving;

import java.util.ArrayList;
import java.util.List;

/** The layouts that the field has, parents first, and beside them tables with every odd rule. */
enum DamagedLayout {
    SESSIONS_V1(true, Sql.SESSIONS_V1, Sql.CONFIGURATION),
    SESSIONS_V1_OPENED_BY_V2(true, Sql.SESSIONS_V1, Sql.CONFIGURATION, Sql.CONFIGS),
    SESSIONS_V2(true, Sql.CONFIGS, Sql.SESSIONS_V2, Sql.CONFIGURATION),
    SESSIONS_V3(true, Sql.CONFIGS, Sql.CONFIGURATION, Sql.APPLICATIONS, Sql.USERS, Sql.SESSIONS_V3),
    AGENTS(
            false,
            "CREATE TABLE agents (id TEXT PRIMARY KEY, name TEXT NOT NULL, capabilities TEXT,"
                    + " is_on BOOLEAN, created_at TEXT, updated_at TEXT)",
            "CREATE TABLE tasks (id TEXT PRIMARY KEY, title TEXT NOT NULL, cost REAL,"
                    + " assigned_agent_id TEXT, result BLOB, created_at TEXT,"
                    + " FOREIGN KEY (assigned_agent_id) REFERENCES agents (id))"),
    WORKFLOW(
            false,
            "CREATE TABLE workflow_history (id INTEGER PRIMARY KEY AUTOINCREMENT,"
                    + " adw_id TEXT NOT NULL UNIQUE, issue_number INTEGER,"
                    + " status TEXT NOT NULL CHECK(status IN ('pending','running')),"
                    + " start_time TEXT, cost REAL, phase_data TEXT, success INTEGER DEFAULT 0)",
            "CREATE TABLE phase_queue (queue_id TEXT PRIMARY KEY, parent INTEGER"
                    + " REFERENCES workflow_history ON DELETE CASCADE, phase_number INTEGER,"
                    + " phase_data TEXT, created_at TEXT DEFAULT CURRENT_TIMESTAMP)",
            "CREATE TABLE tool_calls (id INTEGER PRIMARY KEY AUTOINCREMENT,"
                    + " tool_call_id TEXT UNIQUE NOT NULL, tool_params TEXT,"
                    + " called_at TEXT DEFAULT (datetime('now')), duration_seconds REAL, blob_out BLOB)");

    private static final String LONG = "n".repeat(70);

    /** Keys, references, names and numbers that other tools trip over. */
    private static final String[] ODD = {
        "create table odd_pairs (a text, b integer, v blob, primary key (a, b))",
        "create table odd_refs (id integer primary key, a text, b integer,"
                + " foreign key (a, b) references odd_pairs (a, b))",
        "create table odd_chain (id integer primary key autoincrement, up integer"
                + " references odd_chain, note text)",
        "create table odd_bare (v, w text)",
        "create table odd_nocase (k text collate nocase primary key, u text unique) without rowid",
        "create table odd_mixed (k primary key, v) without rowid",
        "create table \"" + LONG + "1\" (\"" + LONG + "a\" text, \"" + LONG + "b\" integer)",
        "create table \"" + LONG + "2\" (\"" + LONG + "a\" text)",
    };

    private static final String[] ODD_ROWS = {
        "insert into odd_pairs values ('p', 1, null), ('p', 2, 'text'), ('P', 1, x'')",
        "insert into odd_refs values (1, 'p', 1), (2, 'p', 3), (3, 'q', 1), (4, 'p', null),"
                + " (5, null, 9)",
        "insert into odd_chain values (1, null, 'top'), (2, 1, 'in'), (3, 99, 'orphan'),"
                + " (4, 3, 'of an orphan'), (5, 4, 'of that'), (6, 6, 'of itself'), (900, 1, 'gone')",
        "delete from odd_chain where id = 900",
        "insert into odd_bare (rowid, v, w) values (5, 1, 'x'), (9, '1', ''), (12, null, null)",
        "insert into odd_nocase values ('b', 'u'), ('A', 'U'), ('\u00e9', null), ('\u00c9', null)",
        "insert into odd_mixed values (1, 'i'), ('1', 't'), (x'31', 'b'), (1.5, 'r'), ('a', '')",
        "insert into \"" + LONG + "1\" values ('a' || char(0), 1), ('b', 'two')",
        "insert into \"" + LONG + "2\" values ('a')",
    };

    private final boolean sessions;

    @SuppressWarnings("ImmutableEnumChecker") // nobody changes it
    private final String[] tables;

    DamagedLayout(boolean sessions, String... tables) {
        this.sessions = sessions;
        this.tables = tables;
    }

    /** Returns whether the earlier session programs wrote it. */
    boolean isSessions() {
        return sessions;
    }

    static String time() {
        return "2026-02-05 12:34:56.123456+00:00";
    }

    /** The statements that make the tables. */
    String[] sql(boolean odd) {
        List<String> sql = new ArrayList<>(List.of(tables));
        sql.add("create index plain on " + names().get(0) + " (created_at)");
        if (this == WORKFLOW) {
            sql.set(sql.size() - 1, "create index plain on workflow_history (start_time)");
        }
        if (odd) {
            sql.addAll(List.of(ODD));
        }
        return sql.toArray(String[]::new);
    }

    static String[] oddRows() {
        return ODD_ROWS.clone();
    }

    List<String> names() {
        List<String> names = new ArrayList<>();
        for (String sql : tables) {
            names.add(sql.split("[ (]", -1)[2]);
        }
        return names;
    }

    /** As the earlier session programs make them. */
    private static final class Sql {
        static final String CONFIGURATION =
                "CREATE TABLE configuration (key TEXT PRIMARY KEY, value TEXT NOT NULL,"
                        + " scope TEXT DEFAULT 'global', updated_at TIMESTAMP NOT NULL)";
        static final String CONFIGS =
                "CREATE TABLE configs (config_id TEXT PRIMARY KEY, name TEXT NOT NULL,"
                        + " description TEXT, yaml_content TEXT NOT NULL,"
                        + " created_at TIMESTAMP NOT NULL, updated_at TIMESTAMP NOT NULL, tags TEXT)";
        static final String SESSIONS_V1 =
                "CREATE TABLE sessions (session_id TEXT PRIMARY KEY, status TEXT NOT NULL,"
                        + " bundle TEXT, provider TEXT, model TEXT, created_at TIMESTAMP NOT NULL,"
                        + " updated_at TIMESTAMP NOT NULL, message_count INTEGER DEFAULT 0,"
                        + " metadata TEXT, config TEXT, transcript TEXT)";
        static final String SESSIONS_V2 =
                "CREATE TABLE sessions (session_id TEXT PRIMARY KEY, config_id TEXT NOT NULL,"
                        + " status TEXT NOT NULL, created_at TIMESTAMP NOT NULL,"
                        + " updated_at TIMESTAMP NOT NULL, message_count INTEGER DEFAULT 0,"
                        + " transcript TEXT, FOREIGN KEY (config_id) REFERENCES configs(config_id))";
        static final String APPLICATIONS =
                "CREATE TABLE applications (app_id TEXT PRIMARY KEY, app_name TEXT NOT NULL,"
                        + " api_key_hash TEXT NOT NULL, is_active INTEGER DEFAULT 1,"
                        + " created_at TIMESTAMP NOT NULL, updated_at TIMESTAMP NOT NULL,"
                        + " settings TEXT)";
        static final String USERS =
                "CREATE TABLE users (user_id TEXT PRIMARY KEY, first_seen TIMESTAMP NOT NULL,"
                        + " last_seen TIMESTAMP NOT NULL, last_seen_app_id TEXT,"
                        + " total_sessions INTEGER DEFAULT 0, metadata TEXT)";
        static final String SESSIONS_V3 =
                "CREATE TABLE sessions (session_id TEXT PRIMARY KEY, config_id TEXT NOT NULL,"
                        + " user_id TEXT, created_by_app_id TEXT, last_accessed_by_app_id TEXT,"
                        + " status TEXT NOT NULL, created_at TIMESTAMP NOT NULL,"
                        + " updated_at TIMESTAMP NOT NULL, last_accessed_at TIMESTAMP,"
                        + " message_count INTEGER DEFAULT 0, transcript TEXT,"
                        + " FOREIGN KEY (config_id) REFERENCES configs(config_id))";
    }
}
