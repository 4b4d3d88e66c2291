package io.twinstore.storage.integration;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a schema says, in sentences that read the same for both databases: PostgreSQL's types are
 * told as the type that stands for them in SQLite. Of the changelog's own two tables only the names
 * count.
 */
final class SchemaFacts {

    private static final String POSTGRES_TABLES =
            """
            select case relkind when 'v' then 'view ' else 'table ' end || relname
              from pg_class
             where relnamespace = 'twinstore'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f')
            """;

    private static final String POSTGRES_COLUMNS =
            """
            select 'column ' || c.relname || '.' || a.attname || ' '
                   || case t.typname when 'text' then 'text' when 'json' then 'text' when 'jsonb' then 'text'
                           when 'timestamptz' then 'text' when 'int8' then 'integer' when 'bool' then 'integer'
                           when 'bytea' then 'blob' when 'tsvector' then 'terms' else 'unexpected ' || t.typname end
                   || case when a.attnotnull then ' not null' else '' end
                   || case when a.atthasdef then ' default' else '' end
              from pg_class c
              join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
              join pg_type t on t.oid = a.atttypid
             where c.relnamespace = 'twinstore'::regnamespace and c.relkind = 'r' and c.relname not like 'twinstore%'
            """;

    private static final String POSTGRES_KEYS =
            """
            select case contype when 'p' then 'primary key' when 'u' then 'unique' else 'foreign key' end
                   || ' of ' || conrelid::regclass::text || ' ('
                   || (select string_agg(a.attname, ', ' order by k.place)
                         from unnest(conkey) with ordinality k (num, place)
                         join pg_attribute a on a.attrelid = conrelid and a.attnum = k.num)
                   || ')'
                   || case when contype = 'f' then ' to ' || confrelid::regclass::text || ' ('
                           || (select string_agg(a.attname, ', ' order by k.place)
                                 from unnest(confkey) with ordinality k (num, place)
                                 join pg_attribute a on a.attrelid = confrelid and a.attnum = k.num)
                           || ') on delete ' || case confdeltype when 'c' then 'cascade' when 'a' then 'no action'
                              when 'r' then 'restrict' when 'n' then 'set null' else 'set default' end
                      else '' end
              from pg_constraint
             where connamespace = 'twinstore'::regnamespace and contype in ('p', 'u', 'f')
               and conrelid::regclass::text not like 'twinstore%'
            """;

    private static final String POSTGRES_CHECKS =
            """
            select 'check on ' || conrelid::regclass::text || '.' || a.attname || ': ' || pg_get_constraintdef(c.oid)
              from pg_constraint c
              join pg_attribute a on a.attrelid = conrelid and a.attnum = any (conkey)
             where connamespace = 'twinstore'::regnamespace and contype = 'c'
            """;

    // Where a column can be null and descends, both must put null at the same end.
    private static final String POSTGRES_INDEXES =
            """
            select 'index ' || i.relname || ' on ' || t.relname || ' ('
                   || (select string_agg(a.attname
                              || case when x.indoption[k.place - 1] & 1 = 1 then ' desc' else '' end
                              || case when x.indoption[k.place - 1] & 3 = 3 and not a.attnotnull
                                      then ' nulls first' else '' end, ', ' order by k.place)
                         from unnest(x.indkey::smallint[]) with ordinality k (num, place)
                         join pg_attribute a on a.attrelid = t.oid and a.attnum = k.num)
                   || ')' || case when m.amname = 'btree' then '' else ' by ' || m.amname end
                   || case when x.indpred is null then '' else ' partial' end
              from pg_index x
              join pg_class i on i.oid = x.indexrelid
              join pg_class t on t.oid = x.indrelid
              join pg_am m on m.oid = i.relam
             where i.relnamespace = 'twinstore'::regnamespace and not x.indisprimary
               and not exists (select 1 from pg_constraint k where k.conindid = i.oid and k.contype = 'u')
               and t.relname not like 'twinstore%'
            """;

    private static final String POSTGRES_TRIGGERS =
            """
            select 'trigger ' || g.tgname || ' on ' || c.relname || case when g.tgtype & 8 = 8 then ' after delete' else '' end
                   || case when g.tgtype & 16 = 16 then ' after update of '
                           || (select string_agg(a.attname, ', ' order by k.place)
                                 from unnest(g.tgattr::smallint[]) with ordinality k (num, place)
                                 join pg_attribute a on a.attrelid = c.oid and a.attnum = k.num)
                      else '' end
              from pg_trigger g
              join pg_class c on c.oid = g.tgrelid
             where c.relnamespace = 'twinstore'::regnamespace and not g.tgisinternal
            """;

    // What FTS5 keeps for itself, in tables under names of its own, is not compared.
    private static final String SQLITE_TABLES =
            "select type || ' ' || name from sqlite_schema"
                    + " where type in ('table', 'view') and name not like 'sqlite\\_%' escape '\\'"
                    + " and name not like 'search\\_terms\\_%' escape '\\'";

    private static final String SQLITE_COLUMNS =
            """
            select 'column ' || t.name || '.' || c.name || ' ' || lower(c.type)
                   || case when c."notnull" then ' not null' else '' end
                   || case when c.dflt_value is null then '' else ' default' end
              from sqlite_schema t, pragma_table_info(t.name) c
             where t.type = 'table' and t.name not like 'sqlite%' and t.name not like 'twinstore%'
               and t.name not like 'search\\_terms\\_%' escape '\\'
            """;

    private static final String SQLITE_KEYS =
            """
            select 'primary key of ' || t.name || ' (' || group_concat(c.name, ', ' order by c.pk) || ')'
              from sqlite_schema t, pragma_table_info(t.name) c
             where t.type = 'table' and c.pk > 0 and t.name not like 'twinstore%'
               and t.name not like 'search\\_terms\\_%' escape '\\'
             group by t.name
            union all
            select 'foreign key of ' || t.name || ' (' || group_concat(f."from", ', ' order by f.seq) || ') to '
                   || f."table" || ' (' || group_concat(f."to", ', ' order by f.seq) || ') on delete '
                   || lower(f.on_delete)
              from sqlite_schema t, pragma_foreign_key_list(t.name) f
             where t.type = 'table'
             group by t.name, f.id
            union all
            select 'unique of ' || t.name || ' (' || group_concat(c.name, ', ' order by c.seqno) || ')'
              from sqlite_schema t, pragma_index_list(t.name) i, pragma_index_info(i.name) c
             where i.origin = 'u' and t.name not like 'twinstore%'
             group by i.name
            """;

    private static final String SQLITE_INDEXES =
            """
            select 'index ' || i.name || ' on ' || t.name || ' ('
                   || group_concat(c.name || case when c."desc" then ' desc' else '' end, ', ' order by c.seqno)
                   || ')' || case when i.partial then ' partial' else '' end
              from sqlite_schema t, pragma_index_list(t.name) i, pragma_index_xinfo(i.name) c
             where i.origin = 'c' and c.key and t.name not like 'twinstore%'
             group by i.name
            """;

    private static final String SQLITE_TRIGGERS =
            """
            select 'trigger ' || name || ' on ' || tbl_name
                   || substr(sql, instr(sql, ' after '), instr(sql, ' on session') - instr(sql, ' after '))
              from sqlite_schema
             where type = 'trigger'
            """;

    private static final Pattern SQLITE_CHECK =
            Pattern.compile("constraint \\w+ check \\((\\w+)([^\\n]*)\\)");

    private static final Pattern LITERAL = Pattern.compile("'[^']*'|\\b\\d+\\b");

    private SchemaFacts() {}

    /** Reads the schema {@code twinstore}. */
    static Set<String> ofPostgres(Connection connection) throws SQLException {
        connection.setSchema("twinstore");
        Set<String> facts = new TreeSet<>();
        facts.addAll(lines(connection, POSTGRES_TABLES));
        facts.addAll(lines(connection, POSTGRES_COLUMNS));
        facts.addAll(lines(connection, POSTGRES_KEYS));
        facts.addAll(lines(connection, POSTGRES_INDEXES));
        facts.addAll(lines(connection, POSTGRES_TRIGGERS));
        for (String check : lines(connection, POSTGRES_CHECKS)) {
            int colon = check.indexOf(':');
            facts.add(check.substring(0, colon) + " " + literals(check.substring(colon)));
        }
        return facts;
    }

    /** Reads the main database of the file. */
    static Set<String> ofSqlite(Connection connection) throws SQLException {
        Set<String> facts = new TreeSet<>();
        facts.addAll(lines(connection, SQLITE_TABLES));
        facts.addAll(lines(connection, SQLITE_COLUMNS));
        facts.addAll(lines(connection, SQLITE_KEYS));
        facts.addAll(lines(connection, SQLITE_INDEXES));
        facts.addAll(lines(connection, SQLITE_TRIGGERS));
        for (String table :
                lines(
                        connection,
                        "select name || ' ' || sql from sqlite_schema where type = 'table'")) {
            Matcher check = SQLITE_CHECK.matcher(table);
            String name = table.substring(0, table.indexOf(' '));
            while (check.find()) {
                facts.add(
                        "check on " + name + "." + check.group(1) + " " + literals(check.group(2)));
            }
        }
        return facts;
    }

    /** The values that a check lets through: what it means, however each database words it. */
    private static Set<String> literals(String check) {
        Set<String> literals = new TreeSet<>();
        LITERAL.matcher(check).results().forEach(found -> literals.add(found.group()));
        return literals;
    }

    /** Returns the first column. */
    static List<String> lines(Connection connection, String sql) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
        }
        return lines;
    }
}
