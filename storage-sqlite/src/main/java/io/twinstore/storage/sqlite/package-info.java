/** The SQLite adapter. */
@NullMarked
package io.twinstore.storage.sqlite;

import org.jspecify.annotations.NullMarked;
