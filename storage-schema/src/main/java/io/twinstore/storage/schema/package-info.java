/** Brings the tables of a database up to date, safely when several processes open it at once. */
@NullMarked
package io.twinstore.storage.schema;

import org.jspecify.annotations.NullMarked;
