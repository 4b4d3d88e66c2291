/** The {@code storage} command: a thin face over the library. */
@NullMarked
package io.twinstore.storage.cli;

import org.jspecify.annotations.NullMarked;
