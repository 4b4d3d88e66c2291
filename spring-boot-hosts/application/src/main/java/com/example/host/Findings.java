package com.example.host;

import io.twinstore.storage.Config;
import io.twinstore.storage.NewConfig;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.Session;
import io.twinstore.storage.Storage;
import io.twinstore.storage.UserId;
import java.security.CodeSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.context.ApplicationContext;

/** What an application sees of its own database and of Twinstore, once it has started. */
record Findings(ApplicationContext context) {

    /** One class of each jar that both an application and Twinstore ask for. */
    private static final List<String> SHARED =
            List.of(
                    "com.zaxxer.hikari.HikariDataSource",
                    "org.postgresql.Driver",
                    "org.slf4j.Logger",
                    "org.sqlite.JDBC",
                    "org.yaml.snakeyaml.Yaml");

    void forEach(BiConsumer<String, Object> consumer) throws SQLException {
        DataSource own = context.getBean(DataSource.class);
        Storage storage = context.getBean(Storage.class);
        try (Connection connection = own.getConnection()) {
            consumer.accept("note", note(connection));
            consumer.accept("own tables", tables(connection));
        }
        consumer.accept("Liquibase's beans", beansOf("liquibase"));
        consumer.accept("Flyway's beans", beansOf("flyway"));
        consumer.accept("Twinstore's beans", beansOf("twinstore"));
        consumer.accept("transcript", transcript(storage));
        consumer.accept("database", storage.info().database());
        consumer.accept("Twinstore's tables", storage.withConnection(Findings::tables));
        consumer.accept("jars", SHARED.stream().map(Findings::jar).toList());
    }

    private static String note(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select text from note")) {
            return rows.next() ? rows.getString(1) : "none";
        }
    }

    /** The tables of every schema, as {@code schema.table}; without the database's own. */
    private static SortedSet<String> tables(Connection connection) throws SQLException {
        SortedSet<String> tables = new TreeSet<>();
        String[] types = {"TABLE", "BASE TABLE"};
        try (ResultSet rows = connection.getMetaData().getTables(null, null, "%", types)) {
            while (rows.next()) {
                String schema = Objects.requireNonNullElse(rows.getString("TABLE_SCHEM"), "main");
                tables.add((schema + "." + rows.getString("TABLE_NAME")).toLowerCase(Locale.ROOT));
            }
        }
        tables.removeIf(table -> table.startsWith("information_schema."));
        return tables;
    }

    /** The names of the beans whose classes have the word in their names or packages. */
    private List<String> beansOf(String word) {
        return Stream.of(context.getBeanDefinitionNames())
                .filter(bean -> className(bean).toLowerCase(Locale.ROOT).contains(word))
                .sorted()
                .toList();
    }

    private String className(String bean) {
        Class<?> type = context.getType(bean);
        return type == null ? "" : type.getName();
    }

    private static List<String> transcript(Storage storage) {
        Config bot =
                storage.configs().create(NewConfig.named("bot").yaml("model: small\ntools: []\n"));
        Session session =
                storage.sessions().create(NewSession.on(bot.id()).owner(UserId.of("auth0|42")));
        storage.sessions().append(session.id(), NewMessage.user("Hello"));
        return storage.sessions().transcript(session.id()).messages().stream()
                .map(message -> message.sequence() + " " + message.body().text())
                .toList();
    }

    /** The last part of where the class came from, in a jar within a jar as well. */
    private static String jar(String className) {
        try {
            Class<?> type = Class.forName(className);
            CodeSource source = type.getProtectionDomain().getCodeSource();
            List<String> path = List.of(source.getLocation().getPath().split("[/!]+", 0));
            return path.get(path.size() - 1);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
