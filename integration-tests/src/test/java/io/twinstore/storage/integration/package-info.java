/** What crosses adapters: the same behaviour, the same schema and the modules' arrows. */
@NullMarked
package io.twinstore.storage.integration;

import org.jspecify.annotations.NullMarked;
