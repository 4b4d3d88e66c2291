package io.twinstore.storage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.twinstore.storage.AlreadyExistsException;
import io.twinstore.storage.ConflictException;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Json;
import io.twinstore.storage.NotFoundException;
import io.twinstore.storage.Page;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.ReferenceException;
import io.twinstore.storage.StorageException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What clauses assert again and again. */
final class Expect {

    private static final int ENDLESS = 2_000;

    private Expect() {}

    /** Asserts that both are equal, documents by their meaning. */
    static void same(Object actual, Object expected) {
        assertThat(actual)
                .usingRecursiveComparison()
                .withEqualsForType(Json::sameMeaning, Json.class)
                .isEqualTo(expected);
    }

    /** Asserts that the document means this. */
    static void means(Json actual, String expected) {
        assertThat(actual.sameMeaning(Json.of(expected)))
                .as("%s means the same as %s", actual, expected)
                .isTrue();
    }

    /** Asserts that the call throws exactly this and returns what it threw. */
    static <X extends Throwable> X thrown(Class<X> type, ThrowingCallable call) {
        Throwable error = catchThrowable(call);
        assertThat(error).as("what the call throws").isExactlyInstanceOf(type);
        assertThat(error.getMessage()).as("its message").isNotBlank();
        return type.cast(error);
    }

    /** Asserts that the call is not refused, and returns what it returned. */
    static <T> T answer(Supplier<T> call) {
        try {
            return call.get();
        } catch (StorageException e) {
            throw new AssertionError("The call must succeed, but was refused: " + e, e);
        }
    }

    /** Asserts that a value is refused, naming the field, whose name ends with this. */
    static InvalidValueException refused(String field, ThrowingCallable call) {
        InvalidValueException refusal = thrown(InvalidValueException.class, call);
        assertThat(refusal.field()).as("the field that is named").endsWith(field);
        assertThat(refusal.bound()).as("what the field allows").isNotBlank();
        return refusal;
    }

    /** Asserts that the refusal names this bound. */
    static void hasBound(InvalidValueException refusal, String bound) {
        assertThat(refusal.bound()).as("what the field allows").isEqualTo(bound);
    }

    /** Asserts that a record is not found, by kind and id. */
    static void notFound(String kind, Object id, ThrowingCallable call) {
        NotFoundException error = thrown(NotFoundException.class, call);
        assertThat(error.kind()).as("what is missing").isEqualTo(kind);
        assertThat(error.id()).as("its id").isEqualTo(id.toString());
    }

    /** Asserts that a record is missed that the call refers to. */
    static void noReference(String kind, Object id, ThrowingCallable call) {
        ReferenceException error = thrown(ReferenceException.class, call);
        assertThat(error.kind()).as("what is referred to").isEqualTo(kind);
        assertThat(error.id()).as("its id").isEqualTo(id.toString());
    }

    /** Asserts that an id is taken. */
    static void taken(String kind, Object id, ThrowingCallable call) {
        AlreadyExistsException error = thrown(AlreadyExistsException.class, call);
        assertThat(error.kind()).as("what exists").isEqualTo(kind);
        assertThat(error.id()).as("its id").isEqualTo(id.toString());
    }

    /** Asserts that the call conflicts for this reason. */
    static ConflictException conflict(ConflictException.Reason reason, ThrowingCallable call) {
        ConflictException conflict = thrown(ConflictException.class, call);
        assertThat(conflict.reason()).as("the reason").isEqualTo(reason);
        return conflict;
    }

    /** Asserts a conflict that says what was expected and what is there. */
    static void conflict(
            ConflictException.Reason reason,
            Object expected,
            Object actual,
            ThrowingCallable call) {
        ConflictException conflict = conflict(reason, call);
        assertThat(conflict.expected()).as("expected").isEqualTo(expected.toString());
        assertThat(conflict.actual()).as("actual").isEqualTo(actual.toString());
    }

    /** Follows the cursors from the first page to the last and returns all items. */
    static <T> List<T> walk(int size, Function<PageRequest, Page<T>> list) {
        List<T> all = new ArrayList<>();
        PageRequest request = PageRequest.ofSize(size);
        for (int pages = 0; pages < ENDLESS; pages++) {
            Page<T> page = list.apply(request);
            assertThat(page.items()).as("the items of one page").hasSizeLessThanOrEqualTo(size);
            all.addAll(page.items());
            var next = request.after(page);
            if (next.isEmpty()) {
                return all;
            }
            request = next.get();
        }
        throw new AssertionError("The pages do not end: " + ENDLESS + " so far.");
    }
}
