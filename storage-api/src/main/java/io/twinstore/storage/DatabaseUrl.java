package io.twinstore.storage;

import java.util.List;
import java.util.Locale;

/**
 * A URL that names a database: {@code scheme[+driver]:rest}, with or without {@code jdbc:} before
 * it. It may hold a password, so it is never printed.
 *
 * @param kind {@code sqlite}, {@code postgresql}, another scheme in lower case, or empty where
 *     there is none
 * @param driver what follows the {@code +}, or empty
 * @param jdbc whether it began with {@code jdbc:}
 * @param rest what follows the scheme's colon
 */
record DatabaseUrl(String kind, String driver, boolean jdbc, String rest) {

    static final String POSTGRES_SHAPE = "postgresql://user:password@host:5432/database";
    static final String SQLITE_SHAPE = "sqlite:///db/database.db";

    static DatabaseUrl of(String url) {
        boolean jdbc = url.regionMatches(true, 0, "jdbc:", 0, 5);
        String inner = jdbc ? url.substring(5) : url;
        int colon = inner.indexOf(':');
        String scheme = colon < 0 ? "" : inner.substring(0, colon).toLowerCase(Locale.ROOT);
        boolean known = isOurs(withoutDriver(scheme));
        boolean named =
                scheme.matches("[a-z][a-z0-9+.-]{1,30}")
                        && (known || inner.startsWith("://", colon));
        if (!named) {
            return new DatabaseUrl("", "", jdbc, url);
        }
        int plus = scheme.indexOf('+');
        String driver = plus < 0 ? "" : scheme.substring(plus + 1);
        return new DatabaseUrl(
                DatabaseTypes.canonical(withoutDriver(scheme)),
                driver,
                jdbc,
                inner.substring(colon + 1));
    }

    boolean isPostgres() {
        return kind.equals(StorageOptions.POSTGRESQL);
    }

    boolean isSqlite() {
        return kind.equals(StorageOptions.SQLITE);
    }

    /** Says that a source should have held a URL, and shows which shapes one has. */
    static String shapeless(String source) {
        return source
                + " must be a URL such as "
                + POSTGRES_SHAPE
                + " or "
                + SQLITE_SHAPE
                + "; its value is not shown, since it may hold a password.";
    }

    @Override
    public String toString() {
        return kind + ":***";
    }

    private static boolean isOurs(String scheme) {
        return List.of("sqlite", "postgresql", "postgres").contains(scheme);
    }

    private static String withoutDriver(String scheme) {
        int plus = scheme.indexOf('+');
        return plus < 0 ? scheme : scheme.substring(0, plus);
    }
}
