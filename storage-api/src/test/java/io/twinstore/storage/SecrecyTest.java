package io.twinstore.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Passwords in every place where people put them, the wrong ones included: none may be seen. */
class SecrecyTest {

    private static final String MARKER = "mArKeR";

    static Stream<Map<String, String>> environments() {
        return Stream.concat(urls().map(url -> Map.of("DATABASE_URL", url)), variables());
    }

    static Stream<String> urls() {
        return Stream.of(
                "MARKER",
                "MARKER@h/d",
                "u:MARKER@h/d",
                "postgresql:u:MARKER@h/d",
                "postgresql:/u:MARKER@h/d",
                "postgresql://u:MARKER@h/d?foo=bar",
                "postgresql://u:MARKER@h:x/d",
                "postgresql://u:MARKER@a,b/d",
                "postgresql://u:MARKER@a b/d",
                "postgresql://u:MARKER@[::1/d",
                "postgresql://u:MARKER/x@h/d",
                "postgresql://u:MARKER",
                "postgresql://u:MARKER/d",
                "postgresql://u:x@MARKER/y@h/d",
                "postgresql://u:x/MARKER@h/d",
                "postgresql://u:x?MARKER@h/d",
                "postgresql://u:x?MARKER=y@h/d",
                "postgresql://u:x#MARKER@h/d",
                "postgresql://u:x#MARKER",
                "postgresql://u:MARKER%@h/d",
                "postgresql://u:MARKER%ff@h/d",
                "postgresql://u:MARKER%0a@h/d",
                "postgresql://u:MARKER@h/d?password=other",
                "postgresql://h/d?user=u&password=MARKER%",
                "postgresql://h/d?user=u&password=x&MARKER&foo=bar",
                "postgresql://h/d?user=u&password=x&MARKER=1",
                "postgresql://h/d?user=u&sslpassword=MARKER",
                "postgresql://u:MARKER@h",
                "postgresql://u:MARKER@h:1/d?sslmode=bad&connect_timeout=never",
                "mysql://u:MARKER@h/d",
                "mysql+driver://u:MARKER@h/d",
                "sqlite://u:MARKER@h/d",
                "sqlite+pysqlcipher://:MARKER@/x.db",
                "jdbc:MARKER",
                "jdbc:mysql://h/d?user=u&password=MARKER");
    }

    static Stream<Map<String, String>> variables() {
        String url = "postgresql://u:MARKER@h/d";
        return Stream.of(
                Map.of("DB_TYPE", url),
                Map.of("TWINSTORE_DB_TYPE", "postgres://u:MARKER/d"),
                Map.of("POSTGRES_PASSWORD", "MARKER"),
                Map.of("DB_TYPE", "pg", "POSTGRES_PASSWORD", "MARKER"),
                Map.of(
                        "DB_TYPE",
                        "pg",
                        "POSTGRES_PASSWORD",
                        "MARKER",
                        "DATABASE_PASSWORD",
                        "MARKER2"),
                Map.of("DB_TYPE", "pg", "POSTGRES_PASSWORD", "MARKER2", "DATABASE_URL", url),
                Map.of("DB_TYPE", "pg", "POSTGRES_PASSWORD", "MARKER\n"),
                Map.of(
                        "DB_TYPE",
                        "pg",
                        "POSTGRES_HOST",
                        url,
                        "POSTGRES_PORT",
                        url,
                        "POSTGRES_TIMEOUT",
                        url),
                Map.of(
                        "DB_TYPE",
                        "pg",
                        "POSTGRES_POOL_MIN",
                        url,
                        "POSTGRES_POOL_MAX",
                        url,
                        "DATABASE_SSL_MODE",
                        url),
                Map.of("DB_TYPE", "pg", "POSTGRES_HOST", url, "DATABASE_HOST", "b"),
                Map.of("DB_TYPE", "pg", "POSTGRES_HOST", "u:MARKER@h"),
                Map.of("DB_TYPE", "pg", "POSTGRES_SCHEMA", url + "x".repeat(63)),
                Map.of("DB_TYPE", "sqlite", "SQLITE_DB_PATH", url + "\0"),
                Map.of("SQLITE_DB_PATH", "a.db", "DATABASE_URL", "sqlite:///u:MARKER@x"));
    }

    @ParameterizedTest
    @MethodSource("environments")
    void noEnvironmentLetsASecretOut(Map<String, String> environment) {
        Map<String, String> marked =
                environment.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, e -> marked(e.getValue())));
        Throwable thrown = catchThrowable(() -> StorageOptions.fromEnvironment(marked));
        assertThat(thrown).as("%s", environment).isInstanceOf(InvalidOptionsException.class);
        assertThat(trace(thrown)).doesNotContain(MARKER);
    }

    @ParameterizedTest
    @MethodSource("urls")
    void noUrlLetsASecretOut(String url) {
        Throwable thrown = catchThrowable(() -> StorageOptions.postgres(marked(url)));
        assertThat(thrown).as(url).isInstanceOf(InvalidOptionsException.class);
        assertThat(trace(thrown)).doesNotContain(MARKER);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://u:MARKER@h/d",
                "postgresql://u:x%40MARKER@h:1/d",
                "postgresql://h/d?user=u&password=MARKER"
            })
    void soundOptionsKeepTheirSecret(String url) {
        StorageOptions options = StorageOptions.postgres(marked(url));
        assertThat(options.postgres().password().reveal()).contains(MARKER);
        assertThat(options.toString() + options.postgres() + options.postgres().password())
                .doesNotContain(MARKER);
    }

    private static String marked(String text) {
        return text.replace("MARKER", MARKER);
    }

    private static String trace(Throwable thrown) {
        StringWriter out = new StringWriter();
        thrown.printStackTrace(new PrintWriter(out));
        return out.toString();
    }
}
