/** The contract of a storage as tests that the author of an adapter runs. */
@NullMarked
package io.twinstore.storage.testkit;

import org.jspecify.annotations.NullMarked;
