/** Legacy files: made by the tests as the earlier programs make them, upgraded, written again. */
@NullMarked
package io.twinstore.storage.sqlite.legacy;

import org.jspecify.annotations.NullMarked;
