package io.twinstore.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Environments and what comes of them. In the tables, variables are separated by {@code ;}. */
class EnvironmentTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | sqlite",
                "DB_TYPE=sqlite | sqlite",
                "DB_TYPE=SQLite | sqlite",
                "DB_TYPE=' postgresql ';POSTGRES_DB=d;POSTGRES_USER=u | postgresql",
                "DB_TYPE=PG;POSTGRES_DB=d;POSTGRES_USER=u | postgresql",
                "DB_TYPE=Postgres;POSTGRES_DB=d;POSTGRES_USER=u | postgresql",
                "DB_TYPE=Acme | acme",
                "DB_TYPE= | sqlite",
                "DB_TYPE=acme;TWINSTORE_DB_TYPE=sqlite | sqlite",
                "DB_TYPE=sqlite;TWINSTORE_DB_TYPE= | sqlite",
                "DATABASE_URL=postgres://u@h/d | postgresql",
                "DATABASE_URL=sqlite:///x.db | sqlite",
                "DATABASE_URL=sqlite:///x.db;POSTGRES_HOST=h | sqlite",
                "DATABASE_URL=mysql://u@h/d;TWINSTORE_DATABASE_URL=postgresql://u@h/d | postgresql",
                "DATABASE_URL=postgresql://u@h/d;TWINSTORE_DATABASE_URL=sqlite:///x.db | sqlite",
                "DB_TYPE=sqlite;DATABASE_URL=mysql://u@h/d | sqlite",
                "DB_TYPE=sqlite;DATABASE_URL=postgresql://u@h:99999/d;POSTGRES_PORT=x | sqlite",
                "DB_TYPE=postgresql;DATABASE_URL=mysql://h/d;POSTGRES_DB=d;POSTGRES_USER=u | postgresql",
                "POSTGRES_HOST=;POSTGRES_DB=' ' | sqlite",
                "DATABASE_POOL_MAX_SIZE=5 | sqlite"
            })
    void chooses(String environment, String type) {
        assertThat(options(environment).databaseType()).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SQLITE_DB_PATH=a/b.db | a/b.db",
                "SQLITE_DB_PATH=' /a/b.db ' | /a/b.db",
                "'' | db/database.db",
                "DATABASE_URL=sqlite:///rel/x.db | rel/x.db",
                "DATABASE_URL=sqlite:////abs/x.db | /abs/x.db",
                "DATABASE_URL=sqlite+aiosqlite:///./amplifier.db | ./amplifier.db",
                "DATABASE_URL=sqlite+pysqlite:////a%20b.db | /a%20b.db",
                "DATABASE_URL=sqlite:///x.db?check_same_thread=false&timeout=5 | x.db",
                "DATABASE_URL=jdbc:sqlite:/abs/x.db | /abs/x.db",
                "DATABASE_URL=sqlite:///./x.db;SQLITE_DB_PATH=x.db | x.db",
                "SQLITE_DB_PATH=a.db;TWINSTORE_SQLITE_DB_PATH=b.db | b.db",
                "DATABASE_URL=sqlite:///a.db;TWINSTORE_SQLITE_DB_PATH=b.db | b.db",
                "SQLITE_DB_PATH=a.db;TWINSTORE_DATABASE_URL=sqlite:///b.db | b.db",
                "DB_TYPE=postgresql;POSTGRES_DB=d;POSTGRES_USER=u;SQLITE_DB_PATH=left.db | left.db",
                "DB_TYPE=postgresql;POSTGRES_DB=d;POSTGRES_USER=u;SQLITE_DB_PATH=:memory: | db/database.db"
            })
    void findsTheFile(String environment, Path file) {
        assertThat(options(environment).sqlite().path()).isEqualTo(file);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "DB_TYPE=pg;POSTGRES_DB=d;POSTGRES_USER=u | u | '' | localhost:5432 | d",
                "DB_TYPE=pg;POSTGRES_HOST=h;POSTGRES_PORT=6432;POSTGRES_DB=d;POSTGRES_USER=u;POSTGRES_PASSWORD=p | u | p | h:6432 | d",
                "DB_TYPE=pg;DATABASE_HOST=h;DATABASE_PORT=6432;DATABASE_NAME=d;DATABASE_USER=u;DATABASE_PASSWORD=p | u | p | h:6432 | d",
                "DATABASE_URL=postgresql://u:p@h:6432/d | u | p | h:6432 | d",
                "DATABASE_URL=postgresql+asyncpg://u:p@h/d | u | p | h:5432 | d",
                "DATABASE_URL=POSTGRES://u:p@h/d | u | p | h:5432 | d",
                "DATABASE_URL=jdbc:postgresql://h/d?user=u&password=a+b%2B | u | 'a b+' | h:5432 | d",
                "DATABASE_URL=postgresql://h/d?user=u&password=a+b | u | a+b | h:5432 | d",
                "DATABASE_URL=postgresql://us%40er:p%3A%2F%40%25@h/d%20x | us@er | p:/@% | h:5432 | 'd x'",
                "DATABASE_URL=postgresql://u:a:b@c@h/d | u | a:b@c | h:5432 | d",
                "DATABASE_URL=postgresql://u:p%C3%A4@[::1]:6432/d | u | pä | [::1]:6432 | d",
                "DATABASE_URL=postgresql://u@[2001:db8::1]/d | u | '' | [2001:db8::1]:5432 | d",
                "DATABASE_URL=postgresql:///d;POSTGRES_USER=u;POSTGRES_PORT=6432 | u | '' | localhost:6432 | d",
                "DATABASE_URL=postgresql://h/d;POSTGRES_USER=u;POSTGRES_PASSWORD=p | u | p | h:5432 | d",
                "DATABASE_URL=postgresql://u@h/;DATABASE_NAME=d | u | '' | h:5432 | d",
                "DATABASE_URL=postgresql://u:@h/d;DATABASE_PASSWORD=p | u | p | h:5432 | d",
                "DATABASE_URL=postgresql://u@H/d;POSTGRES_HOST=h;DATABASE_PORT=05432 | u | '' | h:5432 | d",
                "DB_TYPE=pg;DATABASE_URL=sqlite:///x.db;POSTGRES_DB=d;POSTGRES_USER=u | u | '' | localhost:5432 | d",
                "DATABASE_URL=postgresql://u:p@h/d;TWINSTORE_DATABASE_URL=postgresql://v@i/e | v | '' | i:5432 | e",
                "DATABASE_URL=postgresql://u:p@h/d;TWINSTORE_POSTGRES_HOST=i;TWINSTORE_DATABASE_NAME=e | u | p | i:5432 | e",
                "TWINSTORE_DATABASE_URL=postgresql://u@h/d;POSTGRES_PORT=6432;POSTGRES_HOST=x | u | '' | h:5432 | d"
            })
    void findsTheServer(
            String environment, String user, String password, String address, String database) {
        PostgresOptions postgres = options(environment).postgres();
        assertThat(postgres.user()).isEqualTo(user);
        assertThat(postgres.password().reveal()).isEqualTo(password);
        assertThat(postgres.address()).isEqualToIgnoringCase(address);
        assertThat(postgres.database()).isEqualTo(database);
    }

    @ParameterizedTest
    @CsvSource({
        "?sslmode=require, REQUIRE, 30, twinstore",
        "?sslmode=Verify-Full&application_name=my%20app, VERIFY_FULL, 30, my app",
        "?ssl=require&connect_timeout=7&keepalives=1, REQUIRE, 7, twinstore",
        "?connectTimeout=7&ApplicationName=x, PREFER, 7, x",
        "?, PREFER, 30, twinstore"
    })
    void readsParameters(String parameters, SslMode mode, int seconds, String applicationName) {
        StorageOptions options = options("DATABASE_URL=postgresql://u:p@h/d" + parameters);
        assertThat(options.postgres().sslMode()).isEqualTo(mode);
        assertThat(options.postgres().applicationName()).isEqualTo(applicationName);
        assertThat(options.pool().connectionTimeout()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void readsPoolSchemaAndSslMode() {
        StorageOptions options =
                options(
                        "DB_TYPE=pg;POSTGRES_DB=d;POSTGRES_USER=u;POSTGRES_POOL_MIN=0"
                                + ";DATABASE_POOL_MAX_SIZE=20;POSTGRES_TIMEOUT=5;POSTGRES_SCHEMA=mine;DATABASE_SSL_MODE=Require");
        assertThat(options.pool().min()).isZero();
        assertThat(options.pool().max()).isEqualTo(20);
        assertThat(options.pool().connectionTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(options.postgres().schema()).isEqualTo("mine");
        assertThat(options.postgres().sslMode()).isEqualTo(SslMode.REQUIRE);
    }

    @Test
    void takesAPasswordAsItIs() {
        Map<String, String> environment =
                Map.of(
                        "DB_TYPE",
                        "pg",
                        "POSTGRES_DB",
                        " d ",
                        "POSTGRES_USER",
                        "u",
                        "POSTGRES_PASSWORD",
                        "  p p ");
        PostgresOptions postgres = StorageOptions.fromEnvironment(environment).postgres();
        assertThat(postgres.password().reveal()).isEqualTo("  p p ");
        assertThat(postgres.database()).isEqualTo("d");
    }

    @Test
    void handsAnotherAdapterTheVariablesOfItsNameAndOfAnyDatabase() {
        StorageOptions options =
                options(
                        "DB_TYPE=acme-db;ACME_DB_URL=x;TWINSTORE_ACME_DB_KEY=y;DATABASE_URL=acme://z"
                                + ";ACME_OTHER=n;POSTGRES_HOST=n;TWINSTORE_ACME_DB_URL=w");
        assertThat(options.properties())
                .containsExactly(
                        Map.entry("ACME_DB_KEY", "y"),
                        Map.entry("ACME_DB_URL", "w"),
                        Map.entry("DATABASE_URL", "acme://z"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DB_TYPE=postgress | DB_TYPE must be sqlite or postgresql (also postgres, pg), in any case; it was 'postgress'. Did you mean 'postgresql'?",
                "TWINSTORE_DB_TYPE=Sqlit | TWINSTORE_DB_TYPE must be sqlite or postgresql (also postgres, pg), in any case; it was 'Sqlit'. Did you mean 'sqlite'?",
                "DB_TYPE=a b | DB_TYPE must be sqlite or postgresql (also postgres, pg), in any case; it was 'a b'.",
                "POSTGRES_HOST=h;POSTGRES_PASSWORD=p | DB_TYPE is not set, but POSTGRES_HOST, POSTGRES_PASSWORD are: set DB_TYPE=postgresql to use PostgreSQL, or DB_TYPE=sqlite to use SQLite all the same.",
                "TWINSTORE_DATABASE_HOST=h | DB_TYPE is not set, but TWINSTORE_DATABASE_HOST is: set DB_TYPE=postgresql to use PostgreSQL, or DB_TYPE=sqlite to use SQLite all the same.",
                "POSTGRES_HSOT=h | DB_TYPE is not set, but POSTGRES_HSOT is: set DB_TYPE=postgresql to use PostgreSQL, or DB_TYPE=sqlite to use SQLite all the same.",
                "DATABASE_URL=mysql+pymysql://u:p@h/d | DATABASE_URL begins with 'mysql', and Twinstore speaks sqlite and postgresql. If it belongs to the application, set DB_TYPE to choose Twinstore's own database, or TWINSTORE_DATABASE_URL.",
                "DATABASE_URL=hunter2 | DATABASE_URL must be a URL such as postgresql://user:password@host:5432/database or sqlite:///db/database.db; its value is not shown, since it may hold a password.",
                "DB_TYPE=pg | PostgreSQL needs a database and a user: set POSTGRES_DB and POSTGRES_USER (or DATABASE_NAME and DATABASE_USER, or DATABASE_URL=postgresql://user:password@host:5432/database).",
                "DATABASE_URL=postgresql://h/d | PostgreSQL needs a user: set POSTGRES_USER (or DATABASE_USER, or DATABASE_URL=postgresql://user:password@host:5432/database).",
                "DATABASE_URL=postgresql://u@a,b/d | DATABASE_URL names several hosts, and Twinstore writes to a single primary: name one, or put a proxy or a DNS name before them.",
                "DATABASE_URL=postgresql://u@a:1,b:2/d | DATABASE_URL names several hosts, and Twinstore writes to a single primary: name one, or put a proxy or a DNS name before them.",
                "DATABASE_URL=postgresql://u@::1/d | DATABASE_URL must have the form postgresql://user:password@host:5432/database, an IPv6 address in brackets, as in //[::1]:5432/database.",
                "DATABASE_URL=postgresql://u@%2Fvar%2Frun/d | The host in DATABASE_URL must be a host name or an address, since a Unix socket cannot be reached through JDBC (use localhost); it was '/var/run'.",
                "DATABASE_URL=postgresql://u:p@h:0/d | The port in DATABASE_URL must be 1 to 65535; it was '0'.",
                "DATABASE_URL=postgresql://u:p@h/d?foo=1 | DATABASE_URL has the parameter 'foo', which Twinstore does not know: remove it. Known are application_name, connect_timeout, password, sslmode and user.",
                "DATABASE_URL=postgresql://u:p@h/d?schema=x | DATABASE_URL has the parameter 'schema', which Twinstore does not know: set POSTGRES_SCHEMA. Known are application_name, connect_timeout, password, sslmode and user.",
                "DATABASE_URL=postgresql://u:p@h/d?ssl=true | DATABASE_URL has the parameter 'ssl', which drivers read differently: write sslmode=require or sslmode=verify-full instead.",
                "DATABASE_URL=postgresql://u:p@h/d?sslmode=on | The SSL mode in DATABASE_URL must be one of disable, allow, prefer, require, verify-ca, verify-full; it was 'on'.",
                "DATABASE_URL=postgresql://u:p@h/d?user=v | DATABASE_URL sets the user twice, to different values.",
                "DATABASE_URL=postgresql:u | DATABASE_URL must have the form postgresql://user:password@host:5432/database.",
                "DATABASE_URL=sqlite://host/x.db | DATABASE_URL must name a file: sqlite:///relative/file.db with three slashes, or sqlite:////absolute/file.db with four; SQLite has no host.",
                "DATABASE_URL=sqlite:// | DATABASE_URL must name a file: sqlite:///relative/file.db with three slashes, or sqlite:////absolute/file.db with four; SQLite has no host.",
                "DATABASE_URL=sqlite:///:memory: | The file in DATABASE_URL must be the path of a file, since a database in memory would be lost with its last connection; it was ':memory:'.",
                "DATABASE_URL=sqlite:///x.db?mode=ro | DATABASE_URL has the parameter 'mode', which Twinstore does not know for SQLite; remove it.",
                "DATABASE_URL=sqlite+pysqlcipher:///x.db | DATABASE_URL asks for the driver 'pysqlcipher', whose files Twinstore does not read; known are aiosqlite and pysqlite, or none.",
                "SQLITE_DB_PATH=sqlite:///x.db | SQLITE_DB_PATH must be the path of a file, without a scheme; its value is not shown, since it may hold a password."
            })
    void refuses(String environment, String problem) {
        assertThat(problems(environment)).containsExactly(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POSTGRES_PORT=0 | POSTGRES_PORT must be 1 to 65535; it was '0'.",
                "POSTGRES_PORT=65536 | POSTGRES_PORT must be 1 to 65535; it was '65536'.",
                "POSTGRES_PORT=5432x | POSTGRES_PORT must be 1 to 65535; it was '5432x'.",
                "POSTGRES_PORT=99999999999 | POSTGRES_PORT must be 1 to 65535; it was '99999999999'.",
                "POSTGRES_PORT=tcp://10.0.0.1:5432 | POSTGRES_PORT must be 1 to 65535; it was 'tcp://10.0.0.1:5432'.",
                "POSTGRES_HOST=a,b | POSTGRES_HOST must be one host, since Twinstore writes to a single primary (put a proxy or a DNS name before several); it was 'a,b'.",
                "POSTGRES_HOST=h:6432 | POSTGRES_HOST must be a host name or an address, and nothing else (the port has its own setting); it was 'h:6432'.",
                "DATABASE_POOL_MAX_SIZE=1001 | DATABASE_POOL_MAX_SIZE must be 1 to 1000; it was '1001'.",
                "POSTGRES_POOL_MAX=0;POSTGRES_POOL_MIN=5 | POSTGRES_POOL_MAX must be 1 to 1000; it was '0'.",
                "POSTGRES_POOL_MIN=-1 | POSTGRES_POOL_MIN must be 0 to 1000; it was '-1'.",
                "POSTGRES_POOL_MIN=11 | POSTGRES_POOL_MIN must be at most the largest size of the pool, which is 10; it was '11'.",
                "POSTGRES_TIMEOUT=0 | POSTGRES_TIMEOUT must be 1 to 86400 seconds, as a whole number; it was '0'.",
                "POSTGRES_TIMEOUT=1.5 | POSTGRES_TIMEOUT must be 1 to 86400 seconds, as a whole number; it was '1.5'.",
                "TWINSTORE_POSTGRES_SCHEMA=pg_x | TWINSTORE_POSTGRES_SCHEMA must be none of PostgreSQL's own schemas (pg_…, information_schema); it was 'pg_x'.",
                "DATABASE_SSL_MODE=on | DATABASE_SSL_MODE must be one of disable, allow, prefer, require, verify-ca, verify-full; it was 'on'.",
                "POSTGRES_HOST=a;DATABASE_HOST=b | POSTGRES_HOST ('a') and DATABASE_HOST ('b') contradict each other about the host: remove one, or make them agree.",
                "POSTGRES_HOST=a;DATABASE_URL=postgresql://b | POSTGRES_HOST ('a') and DATABASE_URL ('b') contradict each other about the host: remove one, or make them agree.",
                "POSTGRES_PORT=6432;DATABASE_URL=postgresql://b | POSTGRES_PORT ('6432') and DATABASE_URL ('5432') contradict each other about the port: remove one, or make them agree.",
                "POSTGRES_POOL_MAX=5;DATABASE_POOL_MAX_SIZE=6 | POSTGRES_POOL_MAX ('5') and DATABASE_POOL_MAX_SIZE ('6') contradict each other about the largest size of the pool: remove one, or make them agree.",
                "POSTGRES_PASSWORD=a;DATABASE_PASSWORD=b | POSTGRES_PASSWORD and DATABASE_PASSWORD contradict each other about the password: remove one, or make them agree.",
                "DATABASE_SSL_MODE=require;DATABASE_URL=postgresql:///d?sslmode=disable | DATABASE_SSL_MODE ('require') and DATABASE_URL ('disable') contradict each other about the SSL mode: remove one, or make them agree.",
                "DATABASE_URL=nonsense | DATABASE_URL must be a URL such as postgresql://user:password@host:5432/database or sqlite:///db/database.db; its value is not shown, since it may hold a password."
            })
    void refusesForPostgresql(String environment, String problem) {
        assertThat(problems("DB_TYPE=postgresql;POSTGRES_DB=d;POSTGRES_USER=u;" + environment))
                .containsExactly(problem);
    }

    @Test
    void legacyFilesAreUpgradedOnlyWhenAsked() {
        assertThat(options("STORAGE_LEGACY=").legacyFiles()).isEqualTo(LegacyFiles.EXPLAIN);
        assertThat(options("STORAGE_LEGACY=explain").legacyFiles()).isEqualTo(LegacyFiles.EXPLAIN);
        assertThat(options("STORAGE_LEGACY= Upgrade ").legacyFiles())
                .isEqualTo(LegacyFiles.UPGRADE);
        assertThat(options("STORAGE_LEGACY=explain;TWINSTORE_STORAGE_LEGACY=upgrade").legacyFiles())
                .isEqualTo(LegacyFiles.UPGRADE);
        assertThat(options("STORAGE_LEGACY=upgrade").toBuilder().build().legacyFiles())
                .isEqualTo(LegacyFiles.UPGRADE);
        assertThat(problems("STORAGE_LEGACY=true"))
                .containsExactly("STORAGE_LEGACY must be explain or upgrade; it was 'true'.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MAX_SESSION_AGE_DAYS=7",
                "MAX_SESSION_AGE_DAYS=99;TWINSTORE_MAX_SESSION_AGE_DAYS=007",
                "DB_TYPE=pg;POSTGRES_DB=d;POSTGRES_USER=u;MAX_SESSION_AGE_DAYS= 7 ",
                "DB_TYPE=acme;MAX_SESSION_AGE_DAYS=7"
            })
    void readsTheAgeOfEveryDatabase(String environment) {
        assertThat(options(environment).maxSessionAge()).contains(Duration.ofDays(7));
    }

    @Test
    void knowsNoAgeByItself() {
        assertThat(options("MAX_SESSION_AGE_DAYS=").maxSessionAge()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "36501", "1.5", "7d", "99999999999"})
    void refusesAnAgeOutOfBounds(String days) {
        assertThat(problems("MAX_SESSION_AGE_DAYS=" + days))
                .containsExactly(
                        "MAX_SESSION_AGE_DAYS must be 1 to 36500 (days); it was '" + days + "'.");
    }

    @Test
    void refusesTwoFiles() {
        assertThat(problems("SQLITE_DB_PATH=a.db;DATABASE_URL=sqlite:///b.db"))
                .containsExactly(
                        "SQLITE_DB_PATH ('a.db') and DATABASE_URL ('b.db') contradict each other about the"
                                + " file: remove one, or make them agree.");
    }

    @Test
    void refusesAPathThatNoFileSystemHolds() {
        assertThat(problems("SQLITE_DB_PATH=a\0b"))
                .containsExactly(
                        "SQLITE_DB_PATH must be a path that this file system can hold; it was 'a\\u0000b'.");
    }

    @Test
    void tellsAllProblemsAtOnce() {
        InvalidOptionsException e =
                failure(
                        "DB_TYPE=pg;POSTGRES_HOST=a b;POSTGRES_PORT=x;POSTGRES_POOL_MAX=0"
                                + ";POSTGRES_POOL_MIN=2000;POSTGRES_TIMEOUT=never;DATABASE_SSL_MODE=on;POSTGRES_SCHEMA=pg_a");
        assertThat(e.problems())
                .hasSize(8)
                .last()
                .asString()
                .startsWith("PostgreSQL needs a database and a user");
        assertThat(e)
                .hasMessageStartingWith(
                        "8 problems with the storage options:\n- POSTGRES_HOST must be");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\n", "a\r\n", "\0"})
    void refusesAPasswordWithALineBreak(String password) {
        Map<String, String> environment =
                new LinkedHashMap<>(variables("DB_TYPE=pg;POSTGRES_DB=d;POSTGRES_USER=u"));
        environment.put("POSTGRES_PASSWORD", password);
        InvalidOptionsException e =
                catchThrowableOfType(
                        InvalidOptionsException.class,
                        () -> StorageOptions.fromEnvironment(environment));
        assertThat(e.problems())
                .containsExactly(
                        "POSTGRES_PASSWORD must be free of line breaks and other control characters; its value"
                                + " is not shown, since it may hold a password.");
    }

    static StorageOptions options(String environment) {
        return StorageOptions.fromEnvironment(variables(environment));
    }

    static List<String> problems(String environment) {
        return failure(environment).problems();
    }

    static InvalidOptionsException failure(String environment) {
        InvalidOptionsException e =
                catchThrowableOfType(InvalidOptionsException.class, () -> options(environment));
        assertThat(e).as("problems with %s", environment).isNotNull();
        return e;
    }

    static Map<String, String> variables(String environment) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String variable : environment.split(";", -1)) {
            int equals = variable.indexOf('=');
            if (equals > 0) {
                String value = variable.substring(equals + 1);
                boolean quoted = value.startsWith("'") && value.endsWith("'") && value.length() > 1;
                variables.put(
                        variable.substring(0, equals),
                        quoted ? value.substring(1, value.length() - 1) : value);
            }
        }
        return variables;
    }
}
