/**
 * The contract of a storage as tests that the author of an adapter runs.
 *
 * <p>An author implements {@link io.twinstore.storage.testkit.StorageHarness} and extends {@link
 * io.twinstore.storage.testkit.StorageContract}, or calls {@link
 * io.twinstore.storage.testkit.Conformance} where JUnit is not at hand.
 *
 * <p>Each clause of the contract is one method marked {@link io.twinstore.storage.testkit.Clause}.
 * It runs on the adapter's storage and has to pass, and then on the same storage behind each of its
 * saboteurs, which break one promise, and has to fail: a clause that notices nothing proves
 * nothing.
 */
@NullMarked
package io.twinstore.storage.testkit;

import org.jspecify.annotations.NullMarked;
