/** Tests of what only the PostgreSQL adapter has; the contract is tested across adapters. */
@NullMarked
package io.twinstore.storage.postgres;

import org.jspecify.annotations.NullMarked;
