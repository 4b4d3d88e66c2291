/**
 * Makes the terms that both databases index, reads queries, and decides, scores and cuts snippets,
 * so that every adapter finds the same. What adapters use; hosts have no need of this package.
 */
@NullMarked
package io.twinstore.storage.search;

import org.jspecify.annotations.NullMarked;
