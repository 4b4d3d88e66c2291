/** The engine that the SQL adapters share, and what an adapter for another SQL database extends. */
@NullMarked
package io.twinstore.storage.jdbi;

import org.jspecify.annotations.NullMarked;
