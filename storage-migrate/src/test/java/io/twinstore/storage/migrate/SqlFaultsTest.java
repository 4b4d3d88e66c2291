package io.twinstore.storage.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.ErrorCode;
import io.twinstore.storage.StorageException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What of a database's failure is told. */
class SqlFaultsTest {

    private static StorageException sqlite(SQLiteErrorCode code) {
        return SqlFaults.translated((Exception) new SQLiteException("secret row", code));
    }

    @Test
    void aFullDiskOfTheFileIsTold() {
        StorageException full = sqlite(SQLiteErrorCode.SQLITE_FULL);
        assertThat(full.code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(full).hasMessageContaining("is full").hasMessageNotContaining("secret");
    }

    @Test
    void aFileThatCannotBeWrittenIsTold() {
        assertThat(sqlite(SQLiteErrorCode.SQLITE_CANTOPEN).code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(sqlite(SQLiteErrorCode.SQLITE_READONLY).code()).isEqualTo(ErrorCode.UNAVAILABLE);
    }

    @Test
    void anythingElseIsNamedByItsCodeAlone() {
        assertThat(sqlite(SQLiteErrorCode.SQLITE_CORRUPT))
                .hasMessageContaining("SQLITE_CORRUPT")
                .hasMessageNotContaining("secret");
        assertThat(SqlFaults.translated((Exception) new SQLException("secret", "XX000")))
                .hasMessageContaining("XX000")
                .hasMessageNotContaining("secret");
    }

    @Test
    void aFullDiskOfTheTargetIsTold() {
        StorageException full =
                SqlFaults.translated((Exception) new SQLException("secret", "53100"));
        assertThat(full.code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(full).hasMessageContaining("goes on from there");
    }
}
