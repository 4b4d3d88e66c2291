package io.twinstore.storage;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the file out of a URL the way SQLAlchemy does: three slashes before a relative path, four
 * before an absolute one, and nothing is percent-encoded. {@code jdbc:sqlite:} is followed by the
 * path itself.
 */
final class SqliteUrl {

    private static final Set<String> DRIVERS = Set.of("", "aiosqlite", "pysqlite");

    /** Settings of Python's driver, which mean nothing here. */
    private static final Set<String> IGNORED =
            Set.of("timeout", "check_same_thread", "cached_statements");

    private SqliteUrl() {}

    /** Returns the path of the file, or nothing and the problems. */
    static Optional<String> path(String source, DatabaseUrl url, List<String> problems) {
        int before = problems.size();
        String rest = url.rest();
        int query = rest.indexOf('?');
        checkDriver(source, url, problems);
        if (query >= 0) {
            checkParameters(source, rest.substring(query + 1), problems);
        }
        Optional<String> path = path(query < 0 ? rest : rest.substring(0, query), url.jdbc());
        if (path.isEmpty()) {
            problems.add(
                    source
                            + " must name a file: sqlite:///relative/file.db with three slashes,"
                            + " or sqlite:////absolute/file.db with four; SQLite has no host.");
        }
        return problems.size() == before ? path : Optional.empty();
    }

    private static Optional<String> path(String rest, boolean jdbc) {
        if (jdbc) {
            return Optional.of(rest).filter(path -> !path.isEmpty());
        }
        return Optional.of(rest)
                .filter(path -> path.startsWith("///") && path.length() > 3)
                .map(path -> path.substring(3));
    }

    private static void checkDriver(String source, DatabaseUrl url, List<String> problems) {
        if (!DRIVERS.contains(url.driver())) {
            problems.add(
                    source
                            + " asks for the driver "
                            + Shown.quoted(url.driver())
                            + ", whose files Twinstore does not read; known are aiosqlite and pysqlite, or none.");
        }
    }

    private static void checkParameters(String source, String query, List<String> problems) {
        for (String parameter : query.split("&", -1)) {
            String name = parameter.split("=", 2)[0];
            if (!name.isEmpty() && !IGNORED.contains(name)) {
                problems.add(
                        source
                                + " has the parameter "
                                + Shown.quoted(name)
                                + ", which Twinstore does not know for SQLite; remove it.");
            }
        }
    }
}
