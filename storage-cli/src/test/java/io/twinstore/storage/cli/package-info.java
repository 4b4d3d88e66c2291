@NullMarked
package io.twinstore.storage.cli;

import org.jspecify.annotations.NullMarked;
