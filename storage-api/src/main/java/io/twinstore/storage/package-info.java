/**
 * The storage contract of Twinstore: {@link io.twinstore.storage.Storage}, its stores, the values
 * they exchange and the errors they raise. Hosts program against this package alone; adapters
 * implement it through {@link io.twinstore.storage.spi}.
 */
@NullMarked
package io.twinstore.storage;

import org.jspecify.annotations.NullMarked;
