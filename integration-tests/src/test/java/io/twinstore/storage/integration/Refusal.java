package io.twinstore.storage.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.twinstore.storage.ErrorCode;
import io.twinstore.storage.StorageException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What a wrong input is answered with: one typed error that gives no secret away. */
final class Refusal {

    /** What every password in these tests holds. */
    static final String SECRET = "hush-4711";

    private Refusal() {}

    /**
     * Makes the call, which must be refused with an error of exactly this class, and returns it.
     */
    static <E extends StorageException> E of(Class<E> type, ThrowingCallable call) {
        Throwable error = catchThrowable(call);
        assertThat(error).isExactlyInstanceOf(type);
        E refusal = type.cast(error);
        assertThat(refusal.code()).isNotEqualTo(ErrorCode.INTERNAL);
        assertThat(refusal.getMessage()).isNotBlank();
        // Causes and suppressed errors are printed with their messages, as a log would do.
        StringWriter log = new StringWriter();
        error.printStackTrace(new PrintWriter(log));
        assertThat(log.toString()).doesNotContain(SECRET);
        return refusal;
    }
}
