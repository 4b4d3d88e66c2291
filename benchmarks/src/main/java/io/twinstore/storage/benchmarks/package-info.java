/** Measurements of both adapters against the raw statements they cannot be faster than. */
@NullMarked
package io.twinstore.storage.benchmarks;

import org.jspecify.annotations.NullMarked;
