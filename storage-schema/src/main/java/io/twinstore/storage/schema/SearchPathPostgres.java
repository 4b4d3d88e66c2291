package io.twinstore.storage.schema;

import liquibase.database.core.PostgresDatabase;
import liquibase.exception.DatabaseException;
import liquibase.structure.DatabaseObject;

/**
 * PostgreSQL, with names left to the search path.
 *
 * <p>Liquibase writes the schema before its tables' names and into the search path, quoted in one
 * place and not in the other, which fails for names like {@code Tenant_A}. The search path is set
 * for it already.
 */
final class SearchPathPostgres extends PostgresDatabase {

    @Override
    public String escapeObjectName(
            String catalog, String schema, String name, Class<? extends DatabaseObject> type) {
        return escapeObjectName(name, type);
    }

    @Override
    public void rollback() throws DatabaseException {
        getConnection().rollback();
    }
}
