/** The SQLite files of the earlier session programs: recognised, upgraded, and written again. */
@NullMarked
package io.twinstore.storage.sqlite.legacy;

import org.jspecify.annotations.NullMarked;
