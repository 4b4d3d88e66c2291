/**
 * Reports of moves for people: pages that need nothing but a browser. Start at {@link
 * io.twinstore.storage.migrate.report.MoveReport}.
 */
@NullMarked
package io.twinstore.storage.migrate.report;

import org.jspecify.annotations.NullMarked;
