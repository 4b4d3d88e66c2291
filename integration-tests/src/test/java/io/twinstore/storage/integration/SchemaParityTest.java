package io.twinstore.storage.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.Config;
import io.twinstore.storage.ConfigId;
import io.twinstore.storage.NewConfig;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.Storage;
import io.twinstore.storage.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Both adapters make the same schema, but for differences that are meant. */
class SchemaParityTest {

    private static final String NO_CONTAINMENT_INDEX =
            "SQLite has no index for containment; its matcher reads the documents.";

    private static final String NO_TRUTH_VALUES =
            "PostgreSQL has a type for truth values, SQLite keeps them as integers.";

    private static final String TERMS =
            "PostgreSQL keeps an entry's terms beside it, SQLite in a table of FTS5.";

    /** What only one of them has, and why. */
    private static final Map<String, String> MEANT =
            Map.of(
                    "postgresql: index configs_by_tag on configs (tags) by gin",
                    NO_CONTAINMENT_INDEX,
                    "postgresql: index sessions_by_metadata on sessions (metadata) by gin",
                    NO_CONTAINMENT_INDEX,
                    "postgresql: index session_participants_by_permission on session_participants"
                            + " (permissions) by gin",
                    NO_CONTAINMENT_INDEX,
                    "postgresql: index users_by_metadata on users (metadata) by gin",
                    NO_CONTAINMENT_INDEX,
                    "postgresql: column search_entries.terms terms not null",
                    TERMS,
                    "postgresql: index search_entries_by_term on search_entries (terms) by gin",
                    TERMS,
                    "sqlite: table search_terms",
                    TERMS,
                    "sqlite: column search_terms.terms ",
                    TERMS,
                    "sqlite: check on session_heads.deleted [0, 1]",
                    NO_TRUTH_VALUES,
                    "sqlite: check on applications.active [0, 1]",
                    NO_TRUTH_VALUES);

    private static TestDatabase sqlite;
    private static TestDatabase postgres;

    @BeforeAll
    static void open() {
        sqlite = new SqliteHarness().newDatabase();
        postgres = new PostgresHarness().newDatabase();
        for (TestDatabase database : List.of(sqlite, postgres)) {
            try (Storage storage = Storage.open(database.options())) {
                fill(storage);
            }
        }
    }

    @AfterAll
    static void close() {
        sqlite.close();
        postgres.close();
    }

    private static void fill(Storage storage) {
        Config config =
                storage.configs().create(NewConfig.named("parity").id(ConfigId.of("config")));
        for (String id : List.of("empty", "one", "odd", "replaced", "deleted", "purged")) {
            storage.sessions().create(NewSession.on(config.id()).id(SessionId.of(id)));
        }
        storage.sessions().append(SessionId.of("one"), NewMessage.user("Grüße \uD83D\uDE80"));
        storage.sessions()
                .append(
                        SessionId.of("odd"),
                        List.of(
                                NewMessage.of("{\"content\":\"a\\u0000b \\ud83d\"}"),
                                NewMessage.of(" {\"a\" : 1e3, \"a\":-0.0}\n"),
                                NewMessage.of("null"),
                                NewMessage.of("\"only text\"")),
                        AppendOptions.plain());
        SessionId replaced = SessionId.of("replaced");
        storage.sessions().append(replaced, NewMessage.of("\"old\""));
        storage.sessions()
                .replaceTranscript(
                        replaced,
                        List.of(NewMessage.of("\"new\""), NewMessage.of("1")),
                        AppendOptions.plain());
        storage.sessions().append(SessionId.of("deleted"), NewMessage.user("hidden"));
        storage.sessions().delete(SessionId.of("deleted"));
        storage.sessions().append(SessionId.of("purged"), NewMessage.user("gone"));
        storage.sessions().purge(SessionId.of("purged"));
    }

    @Test
    void schemasSayTheSame() throws SQLException {
        try (Connection one = sqlite.connection();
                Connection other = postgres.connection()) {
            Set<String> inSqlite = SchemaFacts.ofSqlite(one);
            Set<String> inPostgres = SchemaFacts.ofPostgres(other);
            assertThat(inSqlite).hasSizeGreaterThan(70);
            Set<String> differences = new TreeSet<>();
            inSqlite.stream()
                    .filter(fact -> !inPostgres.contains(fact))
                    .forEach(fact -> differences.add("sqlite: " + fact));
            inPostgres.stream()
                    .filter(fact -> !inSqlite.contains(fact))
                    .forEach(fact -> differences.add("postgresql: " + fact));
            assertThat(differences).containsExactlyInAnyOrderElementsOf(MEANT.keySet());
        }
    }

    @Test
    void viewGivesTheSameTextInBoth() throws SQLException {
        String sql = "select session_id || ' ' || %s from session_transcripts order by session_id";
        try (Connection one = sqlite.connection();
                Connection other = postgres.connection()) {
            other.setSchema("twinstore");
            List<String> inSqlite = SchemaFacts.lines(one, sql.formatted("transcript"));
            assertThat(inSqlite)
                    .isEqualTo(SchemaFacts.lines(other, sql.formatted("transcript::text")))
                    .containsExactly(
                            "empty []",
                            "odd [{\"content\":\"a\\u0000b \\ud83d\"}, {\"a\" : 1e3, \"a\":-0.0}\n"
                                    + ",null,\"only text\"]",
                            "one [{\"role\":\"user\",\"content\":\"Grüße \uD83D\uDE80\"}]",
                            "replaced [\"new\",1]");
        }
    }

    @Test
    void changesHaveTheSameIds() throws SQLException {
        String sql = "select id from twinstore_changelog order by orderexecuted";
        try (Connection one = sqlite.connection();
                Connection other = postgres.connection()) {
            other.setSchema("twinstore");
            assertThat(SchemaFacts.lines(one, sql))
                    .hasSizeGreaterThan(9)
                    .isEqualTo(SchemaFacts.lines(other, sql));
        }
    }

    @Test
    void nothingIsMadeInTheSchemaPublic() throws SQLException {
        try (Connection connection = postgres.connection()) {
            assertThat(
                            SchemaFacts.lines(
                                    connection,
                                    "select relname from pg_class where relnamespace ="
                                            + " 'public'::regnamespace union all select proname from"
                                            + " pg_proc where pronamespace = 'public'::regnamespace"))
                    .isEmpty();
        }
    }

    /** The databases' default order of text is a language's; ours is by code point in both. */
    @Test
    void indexedTextIsOrderedByCodePoint() throws SQLException {
        try (Connection connection = postgres.connection()) {
            assertThat(
                            SchemaFacts.lines(
                                    connection,
                                    """
                                    select distinct c.relname || '.' || a.attname || ' ' || l.collname
                                      from pg_index x
                                      join pg_class c on c.oid = x.indrelid
                                      join pg_attribute a on a.attrelid = c.oid and a.attnum = any (x.indkey)
                                      join pg_collation l on l.oid = a.attcollation
                                     where c.relnamespace = 'twinstore'::regnamespace
                                       and c.relname not like 'twinstore%' and l.collname <> 'C'
                                    """))
                    .isEmpty();
        }
        try (Connection connection = sqlite.connection()) {
            assertThat(
                            SchemaFacts.lines(
                                    connection,
                                    """
                                    select i.name || ' ' || c.coll
                                      from sqlite_schema t, pragma_index_list(t.name) i,
                                           pragma_index_xinfo(i.name) c
                                     where c.key and c.coll <> 'BINARY'
                                    """))
                    .isEmpty();
        }
    }
}
