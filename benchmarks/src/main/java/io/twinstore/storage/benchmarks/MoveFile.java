package io.twinstore.storage.benchmarks;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** A SQLite file with a table of messages, for moves, and the same rows as CSV. */
final class MoveFile {

    static final String READ =
            "select id, session_id, seq, role, body, tokens, cost, created_at from messages order by id";

    private static final int IN_SESSION = 100;
    private static final Instant START = Instant.parse("2026-02-05T12:34:56Z");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSSxxx").withZone(ZoneOffset.UTC);

    private MoveFile() {}

    static void make(Path file, Texts texts, int messages) throws SQLException {
        try (Connection sqlite = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = sqlite.createStatement()) {
            statement.execute(
                    "create table messages (id integer primary key autoincrement,"
                            + " session_id text not null, seq integer not null, role text not null,"
                            + " body text not null, tokens integer, cost real, created_at text not null)");
            sqlite.setAutoCommit(false);
            try (PreparedStatement insert =
                    sqlite.prepareStatement(
                            "insert into messages (session_id, seq, role, body, tokens, cost, created_at)"
                                    + " values (?, ?, ?, ?, ?, ?, ?)")) {
                for (int i = 0; i < messages; i++) {
                    insert.setString(1, "session-%08d".formatted(i / IN_SESSION));
                    insert.setInt(2, i % IN_SESSION + 1);
                    insert.setString(3, i % 2 == 0 ? "user" : "assistant");
                    insert.setString(4, texts.message().body().text());
                    insert.setObject(5, i % 3 == 0 ? null : texts.number(4_000));
                    insert.setDouble(6, texts.number(1_000_000) / 1e6);
                    insert.setString(7, TIME.format(START.plusNanos(i * 1_234_567_000L)));
                    insert.addBatch();
                    if (i % 1_000 == 0) {
                        insert.executeBatch();
                    }
                }
                insert.executeBatch();
            }
            statement.execute("create unique index by_session on messages (session_id, seq)");
            statement.execute("create index by_time on messages (created_at)");
            sqlite.commit();
        }
    }

    /** Writes the rows as CSV, as PostgreSQL reads it. */
    static void export(Path file, Path csv) throws SQLException, IOException {
        try (Connection sqlite = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = sqlite.createStatement();
                ResultSet rows = statement.executeQuery(READ);
                Writer out = Files.newBufferedWriter(csv)) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                for (int i = 1; i <= columns; i++) {
                    String text = rows.getString(i);
                    out.write(i > 1 ? "," : "");
                    out.write(text == null ? "" : '"' + text.replace("\"", "\"\"") + '"');
                }
                out.write('\n');
            }
        }
    }
}
