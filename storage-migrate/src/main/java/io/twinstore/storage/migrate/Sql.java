package io.twinstore.storage.migrate;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names as SQL has them, in both databases. */
final class Sql {

    private static final int LONGEST = 63;
    private static final int KEPT = 54;

    private Sql() {}

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    static String quoted(String schema, String table) {
        return quoted(schema) + "." + quoted(table);
    }

    static String list(Collection<String> names) {
        return names.stream().map(Sql::quoted).collect(Collectors.joining(", "));
    }

    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    /**
     * Returns a name by which SQLite knows the rowid of a table; empty where its columns have all
     * of them.
     */
    static Optional<String> rowid(Collection<String> columns) {
        return Stream.of("rowid", "_rowid_", "oid")
                .filter(name -> columns.stream().noneMatch(name::equalsIgnoreCase))
                .findFirst();
    }

    /** Returns a name as SQLite compares names: without the case of ASCII's letters. */
    static String folded(String name) {
        return name.chars()
                .map(c -> c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    static boolean same(String name, String other) {
        return folded(name).equals(folded(other));
    }

    /**
     * Returns the name, or where it is longer than PostgreSQL's 63 bytes its first 54 bytes, whole
     * characters, with the first eight digits of its SHA-256.
     */
    static String fitting(String name) {
        if (name.getBytes(StandardCharsets.UTF_8).length <= LONGEST) {
            return name;
        }
        int end = name.length();
        while (name.substring(0, end).getBytes(StandardCharsets.UTF_8).length > KEPT) {
            end = name.offsetByCodePoints(end, -1);
        }
        byte[] digest = CellList.digest(name.getBytes(StandardCharsets.UTF_8));
        return name.substring(0, end) + "_" + HexFormat.of().formatHex(digest, 0, 4);
    }
}
