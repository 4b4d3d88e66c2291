@NullMarked
package io.twinstore.storage.migrate.report;

import org.jspecify.annotations.NullMarked;
