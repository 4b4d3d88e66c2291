package io.twinstore.storage.integration;

import io.twinstore.storage.testkit.StorageContract;
import io.twinstore.storage.testkit.StorageHarness;

/** The contract, on SQLite. */
// region adapter
class SqliteContractTest extends StorageContract {

    @Override
    protected StorageHarness harness() {
        return new SqliteHarness();
    }
}
// endregion
