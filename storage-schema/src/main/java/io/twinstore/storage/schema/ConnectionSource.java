package io.twinstore.storage.schema;

import java.sql.Connection;
import java.sql.SQLException;

/** Where a connection comes from, for instance {@code dataSource::getConnection}. */
@FunctionalInterface
public interface ConnectionSource {

    /** Returns a connection that the caller alone uses, and closes. */
    Connection connect() throws SQLException;
}
