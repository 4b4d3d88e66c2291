/** Tests of what needs no server; the moves themselves are tested in integration-tests. */
@NullMarked
package io.twinstore.storage.migrate;

import org.jspecify.annotations.NullMarked;
