package io.twinstore.storage.sqlite.legacy;

import io.twinstore.storage.Json;
import io.twinstore.storage.jdbi.MessageRole;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes and reads the rows of this library's tables that legacy rows become. */
final class KeptTables implements AutoCloseable {

    private static final String MESSAGES =
            """
            select m.body, m.role
              from session_messages m
              join session_heads h on h.session_id = m.session_id
             where m.session_id = ? and m.seq > h.base_seq
             order by m.seq
            """;

    /** Beside the columns of a session: what v1 wrote into the session itself. */
    private static final String CONFIG =
            "select name as config_name, yaml_content from configs where config_id = ?";

    private static final String KEY =
            "select key_hash from application_keys where app_id = ? and expires_at is null";

    private static final String OWNED =
            """
            select count(*) as total_sessions
              from sessions s
              join session_heads h on h.session_id = s.session_id
             where s.owner_user_id = ? and h.deleted = 0
            """;

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    KeptTables(Connection connection) {
        this.connection = connection;
    }

    private PreparedStatement prepared(String sql) throws SQLException {
        PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        return statement;
    }

    private void write(String sql, @Nullable Object... values) throws SQLException {
        PreparedStatement statement = prepared(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        statement.executeUpdate();
    }

    private void insert(String table, Map<String, @Nullable Object> values) throws SQLException {
        String marks = String.join(", ", Collections.nCopies(values.size(), "?"));
        write(
                "insert into "
                        + table
                        + " ("
                        + String.join(", ", values.keySet())
                        + ") values ("
                        + marks
                        + ")",
                values.values().toArray());
    }

    /** Adds a row and all that goes with it. */
    void add(Kind kind, Kept kept) throws SQLException {
        if (kind == Kind.SESSION) {
            complete(kept);
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        kind.columns().forEach(column -> values.put(column, kept.get(column)));
        if (kind.versioned()) {
            values.put("version", 1L);
        }
        insert(kind.table(), values);
        if (kind == Kind.SESSION) {
            addSessionParts(kept);
        } else if (kind == Kind.APPLICATION && kept.find("key_hash") != null) {
            write(
                    "insert into application_keys (app_id, key_hash, created_at) values (?, ?, ?)",
                    kept.text("app_id"),
                    kept.text("key_hash"),
                    kept.text("created_at"));
        }
    }

    private static void complete(Kept session) {
        String updated = session.text("updated_at");
        @Nullable String accessed = session.find("last_accessed_at");
        session.put(
                "last_activity_at",
                accessed != null && accessed.compareTo(updated) > 0 ? accessed : updated);
        if (session.find("metadata") == null) {
            session.put("metadata", "{}");
        }
    }

    private void addSessionParts(Kept session) throws SQLException {
        String id = session.text("session_id");
        String updated = session.text("updated_at");
        List<String> messages = session.messages();
        @Nullable String last = messages.isEmpty() ? null : updated;
        write(
                "insert into session_heads (session_id, last_seq, base_seq, message_count, fence,"
                        + " deleted, last_message_at, incarnation) values (?, ?, 0, ?, 0, 0, ?, ?)",
                id,
                messages.size(),
                messages.size(),
                last,
                incarnation(id, messages));
        for (int i = 0; i < messages.size(); i++) {
            String body = messages.get(i);
            write(
                    "insert into session_messages (session_id, seq, role, body, created_at)"
                            + " values (?, ?, ?, ?, ?)",
                    id,
                    i + 1,
                    MessageRole.of(Json.stored(body)),
                    body,
                    updated);
        }
        if (last != null) {
            write(
                    "insert into search_pending (session_id, indexed_seq, pending_since)"
                            + " values (?, 0, ?)",
                    id,
                    last);
        }
        @Nullable String owner = session.find("owner_user_id");
        if (owner != null) {
            write(
                    "insert into session_participants (session_id, user_id, role, joined_at,"
                            + " last_active_at, permissions) values (?, ?, 'owner', ?, ?, '{}')",
                    id,
                    owner,
                    session.text("created_at"),
                    session.text("last_activity_at"));
        }
    }

    /**
     * The same for the same session, so that a file becomes the same rows whenever it is upgraded.
     */
    private static long incarnation(String id, List<String> messages) {
        MessageDigest digest = Cell.sha256();
        digest.update(id.getBytes(StandardCharsets.UTF_8));
        for (String message : messages) {
            digest.update((byte) 0);
            digest.update(message.getBytes(StandardCharsets.UTF_8));
        }
        return ByteBuffer.wrap(digest.digest()).getLong();
    }

    boolean hasConfig(String id) throws SQLException {
        return one("select 1 as found from configs where config_id = ?", id, new Kept());
    }

    /** Reads a row and all that the way back needs; empty where there is none. */
    Optional<Kept> find(Kind kind, String key) throws SQLException {
        Kept kept = new Kept();
        String sql =
                "select "
                        + String.join(", ", kind.columns())
                        + " from "
                        + kind.table()
                        + " where "
                        + kind.key()
                        + " = ?";
        if (!one(sql, key, kept)) {
            return Optional.empty();
        }
        switch (kind) {
            case SESSION -> {
                one(CONFIG, kept.text("config_id"), kept);
                readMessages(key, kept);
            }
            case APPLICATION -> one(KEY, key, kept);
            case USER -> one(OWNED, key, kept);
            default -> {}
        }
        return Optional.of(kept);
    }

    private void readMessages(String session, Kept kept) throws SQLException {
        PreparedStatement statement = prepared(MESSAGES);
        statement.setString(1, session);
        long ofUsers = 0;
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                kept.messages().add(rows.getString(1));
                ofUsers += "user".equals(rows.getString(2)) ? 1 : 0;
            }
        }
        kept.put("user_messages", ofUsers);
    }

    /** Puts the one row's columns into what is kept, and returns whether there is a row. */
    private boolean one(String sql, String key, Kept kept) throws SQLException {
        PreparedStatement statement = prepared(sql);
        statement.setString(1, key);
        try (ResultSet row = statement.executeQuery()) {
            boolean found = row.next();
            for (int i = 1; found && i <= row.getMetaData().getColumnCount(); i++) {
                kept.put(row.getMetaData().getColumnLabel(i), row.getObject(i));
            }
            return found;
        }
    }

    /** Returns the keys of the rows that nobody deleted, in the order in which they were made. */
    List<String> liveKeys(Kind kind) throws SQLException {
        String live =
                switch (kind) {
                    case CONFIG -> " where deleted_at is null";
                    case SESSION ->
                            " where exists (select 1 from session_heads h where h.session_id ="
                                    + " sessions.session_id and h.deleted = 0)";
                    default -> "";
                };
        return Sql.column(
                connection,
                "select " + kind.key() + " from " + kind.table() + live + " order by rowid");
    }

    @Override
    public void close() throws SQLException {
        List<Statement> open = new ArrayList<>(statements.values());
        statements.clear();
        for (Statement statement : open) {
            statement.close();
        }
    }
}
