/** Tests of the engine alone; what it promises with a database is tested across adapters. */
@NullMarked
package io.twinstore.storage.jdbi;

import org.jspecify.annotations.NullMarked;
