/**
 * Long histories: processes that append to shared sessions and are killed, servers that are killed
 * and restarted, connections that break; and the checker that finds what was lost.
 */
@NullMarked
package io.twinstore.storage.integration.histories;

import org.jspecify.annotations.NullMarked;
