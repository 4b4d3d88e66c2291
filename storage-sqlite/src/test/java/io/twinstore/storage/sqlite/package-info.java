/** Tests of what only the SQLite adapter has; the contract is tested across adapters. */
@NullMarked
package io.twinstore.storage.sqlite;

import org.jspecify.annotations.NullMarked;
