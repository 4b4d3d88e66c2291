package io.twinstore.storage.jdbi;

import io.twinstore.storage.AppId;
import io.twinstore.storage.Secret;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code application_keys}.
 *
 * @param lookup by what the key is found; null for an imported hash, which its application finds
 * @param keyHash SHA-256 of the key, or bcrypt's where there is no look-up
 * @param expiresAt from when on the key is useless; null for the application's latest
 */
public record ApplicationKeyRow(
        AppId appId,
        @Nullable String lookup,
        Secret keyHash,
        Instant createdAt,
        @Nullable Instant expiresAt) {}
