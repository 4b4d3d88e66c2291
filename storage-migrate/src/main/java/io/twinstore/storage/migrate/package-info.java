/**
 * Moves SQLite files to PostgreSQL and back, cell by cell, and proves it. Start at {@link
 * io.twinstore.storage.migrate.Migration}.
 */
@NullMarked
package io.twinstore.storage.migrate;

import org.jspecify.annotations.NullMarked;
