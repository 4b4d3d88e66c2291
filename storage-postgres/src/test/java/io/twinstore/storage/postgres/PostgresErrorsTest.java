package io.twinstore.storage.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.OutcomeUnknownException;
import io.twinstore.storage.PostgresOptions;
import io.twinstore.storage.StorageBusyException;
import io.twinstore.storage.StorageException;
import io.twinstore.storage.StorageUnavailableException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;
import org.postgresql.util.ServerErrorMessage;

/** After which errors of a commit nobody knows whether it was made. */
class PostgresErrorsTest {

    private final PostgresErrors errors = new PostgresErrors(PostgresOptions.defaults());

    private static SQLException server(String severity, String state) {
        return new PSQLException(
                new ServerErrorMessage("S" + severity + "\0C" + state + "\0Mtold\0"));
    }

    private StorageException told(SQLException fault) {
        return errors.translateCommit(fault);
    }

    @Test
    void whatTheServerRefusedWasNotWritten() {
        assertThat(told(server("ERROR", "53100"))).isInstanceOf(StorageUnavailableException.class);
        assertThat(told(server("FEHLER", "40001"))).isInstanceOf(StorageBusyException.class);
        assertThat(told(server("ERROR", "23505"))).isExactlyInstanceOf(StorageException.class);
        assertThat(told(new SQLException("the pool's", server("ERROR", "40P01"))))
                .isExactlyInstanceOf(StorageException.class);
    }

    @Test
    void aCommitThatWasAnsweredWithARollbackWasNotMade() {
        assertThat(told(new PSQLException("rolled back", PSQLState.IN_FAILED_SQL_TRANSACTION)))
                .isExactlyInstanceOf(StorageException.class);
    }

    @Test
    void aServerThatStopsAsItCommitsMayHaveCommitted() {
        SQLException panic = server("PANIC", "58030");
        panic.setNextException(new PSQLException("end", PSQLState.CONNECTION_FAILURE));

        assertThat(told(panic)).isInstanceOf(OutcomeUnknownException.class);
        assertThat(told(server("FATAL", "57P01"))).isInstanceOf(OutcomeUnknownException.class);
    }

    @Test
    void whatTheServerDidNotSayIsUnknown() {
        assertThat(told(new PSQLException("lost", PSQLState.CONNECTION_FAILURE)))
                .isInstanceOf(OutcomeUnknownException.class);
        assertThat(told(new SQLException("the pool's")))
                .isInstanceOf(OutcomeUnknownException.class);
        assertThat(told(new PSQLException("no memory for the rows", PSQLState.OUT_OF_MEMORY)))
                .isInstanceOf(OutcomeUnknownException.class);
    }
}
