package io.twinstore.storage.integration;

import io.twinstore.storage.testkit.StorageHarness;
import io.twinstore.storage.testkit.TestDatabase;

/** PostgreSQL for the contract: a database of its own each time, on the server of the run. */
final class PostgresHarness implements StorageHarness {

    @Override
    public String name() {
        return "postgresql";
    }

    @Override
    public TestDatabase newDatabase() {
        return TestPostgres.get().newDatabase();
    }
}
