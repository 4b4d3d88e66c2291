package io.twinstore.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SuggestionsTest {

    @ParameterizedTest
    @CsvSource({
        "postgress, postgresql",
        "postgre, postgresql",
        "postgresq, postgresql",
        "postgersql, postgresql",
        "posgresql, postgresql",
        "psotgres, postgresql",
        "psql, postgresql",
        "pgsql, postgresql",
        "sqlit, sqlite",
        "sqllite, sqlite",
        "slqite, sqlite",
        "sqlite3, sqlite"
    })
    void guessesWhatWasMeant(String given, String meant) {
        assertThat(DatabaseTypes.suggestion(given)).hasValue(meant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql",
                "mariadb",
                "oracle",
                "mssql",
                "sqlserver",
                "h2",
                "acme",
                "sqlite",
                "postgresql"
            })
    void doesNotTakeAnotherDatabaseForOurs(String given) {
        assertThat(DatabaseTypes.suggestion(given)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', 0",
        "a, '', 1",
        "ab, ba, 1",
        "abc, abd, 1",
        "abc, abcd, 1",
        "kitten, sitting, 3"
    })
    void countsEdits(String left, String right, int distance) {
        assertThat(Suggestions.distance(left, right)).isEqualTo(distance);
        assertThat(Suggestions.distance(right, left)).isEqualTo(distance);
    }
}
