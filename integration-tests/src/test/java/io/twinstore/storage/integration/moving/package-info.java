/** Moves from SQLite files to PostgreSQL and back. */
@NullMarked
package io.twinstore.storage.integration.moving;

import org.jspecify.annotations.NullMarked;
