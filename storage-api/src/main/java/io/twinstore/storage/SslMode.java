package io.twinstore.storage;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a connection to PostgreSQL is encrypted, and how far the server is trusted, with the names
 * and the meaning of libpq's {@code sslmode}.
 */
public enum SslMode {
    /** Never encrypted. */
    DISABLE,
    /** Encrypted only where the server insists. */
    ALLOW,
    /** Encrypted where the server can; the default. */
    PREFER,
    /** Always encrypted; whoever answers is believed. */
    REQUIRE,
    /** Always encrypted, with a certificate from a trusted authority. */
    VERIFY_CA,
    /** As {@link #VERIFY_CA}, and the certificate names the host. */
    VERIFY_FULL;

    private final String libpqName = name().toLowerCase(Locale.ROOT).replace('_', '-');

    /**
     * Returns libpq's name, such as {@code verify-full}; the PostgreSQL JDBC driver takes the same.
     */
    public String libpqName() {
        return libpqName;
    }

    /** Returns the mode with this libpq name, in any case, or nothing. */
    public static Optional<SslMode> find(String libpqName) {
        return Arrays.stream(values())
                .filter(mode -> mode.libpqName.equalsIgnoreCase(libpqName))
                .findFirst();
    }

    /** Lists the names, for messages. */
    static String names() {
        return Arrays.stream(values()).map(SslMode::libpqName).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return libpqName;
    }
}
