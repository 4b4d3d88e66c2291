/** The PostgreSQL adapter. */
@NullMarked
package io.twinstore.storage.postgres;

import org.jspecify.annotations.NullMarked;
