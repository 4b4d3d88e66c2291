package io.twinstore.storage.jdbi;

import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/** What a check of the database's health asks: small, and answered from the database itself. */
public interface HealthDao {

    @SqlQuery("select id from twinstore_changelog order by orderexecuted desc limit 1")
    @Nullable String schemaVersion();

    @SqlQuery("select 1")
    int one();
}
