package io.twinstore.storage.integration;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.extension.annotation.UseExtensionHandler;
import org.jdbi.v3.core.mapper.Nested;
import org.jdbi.v3.core.statement.ParsedSql;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the statements of one adapter without running them: a SQL Object's method that lacks its
 * SQL, names a parameter that it does not have, or does not suit the schema fails only when it is
 * called, so one that a test forgets would fail at a host's.
 */
final class StatementAudit {

    private final Handle handle;
    private final List<String> problems = new ArrayList<>();
    private int statements;

    /**
     * @param handle of a connection to the migrated schema, with autocommit on
     */
    StatementAudit(Handle handle) {
        this.handle = handle;
    }

    /** Returns what is wrong, one line each. */
    List<String> problems() {
        return problems;
    }

    /** Returns how many statements the database has prepared or refused. */
    int statements() {
        return statements;
    }

    /** Audits the SQL Object as it is attached: with what it inherits and what it overrides. */
    void sqlObject(Class<?> dao) {
        for (Method method : dao.getMethods()) {
            if (Modifier.isAbstract(method.getModifiers())) {
                method(dao.getSimpleName() + "." + method.getName(), method);
            }
        }
        for (Class<?> inherited : dao.getInterfaces()) {
            Overrides.audit(dao, inherited, problems);
        }
    }

    private void method(String place, Method method) {
        String sql = sql(method);
        if (sql == null) {
            problems.add(place + " has no SQL");
            return;
        }
        try (Query query = handle.createQuery(sql)) {
            query.define("where", "true");
            StatementContext context = query.getContext();
            SqlStatements engine = context.getConfig(SqlStatements.class);
            ParsedSql parsed =
                    engine.getSqlParser()
                            .parse(engine.getTemplateEngine().render(sql, context), context);
            problems.addAll(
                    Bindings.problems(
                            place, method, parsed.getParameters().getParameterNames(), sql));
            prepare(place, parsed.getSql(), rowType(method));
        }
    }

    /** Audits a statement that the adapter runs on the bare connection. */
    void raw(String place, String sql) {
        prepare(place, sql, Object.class);
    }

    /** Has the database parse the statement against its schema. */
    private void prepare(String place, String sql, Class<?> row) {
        statements++;
        try (PreparedStatement prepared = handle.getConnection().prepareStatement(sql)) {
            // PostgreSQL's driver asks the server only when something is to be known.
            prepared.getParameterMetaData();
            if (row.isRecord()) {
                columns(place, row, names(prepared.getMetaData()));
            }
        } catch (SQLException e) {
            problems.add(place + " is refused: " + e.getMessage());
        }
    }

    private static Set<String> names(ResultSetMetaData row) throws SQLException {
        Set<String> names = new HashSet<>();
        for (int i = 1; i <= row.getColumnCount(); i++) {
            names.add(plain(row.getColumnLabel(i)));
        }
        return names;
    }

    private void columns(String place, Class<?> row, Set<String> columns) {
        Parameter[] parameters = row.getDeclaredConstructors()[0].getParameters();
        // An id or another value that a type of the contract wraps is mapped from one column.
        for (int i = 0; parameters.length > 1 && i < parameters.length; i++) {
            if (parameters[i].isAnnotationPresent(Nested.class)) {
                columns(place, parameters[i].getType(), columns);
            } else if (!columns.contains(plain(parameters[i].getName()))) {
                problems.add(place + " does not select " + parameters[i].getName());
            }
        }
    }

    private static String plain(String name) {
        return name.replace("_", "").toLowerCase(Locale.ROOT);
    }

    private static Class<?> rowType(Method method) {
        Type type = method.getGenericReturnType();
        if (type instanceof ParameterizedType holder) {
            type = holder.getActualTypeArguments()[0];
        }
        return type instanceof Class<?> row ? row : Object.class;
    }

    private static @Nullable String sql(Method method) {
        for (Annotation annotation : method.getAnnotations()) {
            if (annotation.annotationType().isAnnotationPresent(UseExtensionHandler.class)) {
                return (String) Overrides.members(annotation).get("value");
            }
        }
        return null;
    }

    /** Audits every statement that the adapter in this package runs. */
    void adapter(String adapterPackage) {
        SqlObjects.of(adapterPackage).forEach(this::sqlObject);
        for (Map.Entry<String, String> constant : SqlObjects.constants(adapterPackage).entrySet()) {
            raw(constant.getKey(), constant.getValue());
        }
    }
}
