/** What an adapter author implements and uses. Hosts have no need of this package. */
@NullMarked
package io.twinstore.storage.spi;

import org.jspecify.annotations.NullMarked;
