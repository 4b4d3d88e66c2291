package io.twinstore.storage.testkit;

import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Page;
import io.twinstore.storage.PageRequest;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What saboteurs have in common. */
final class Deeds {

    private Deeds() {}

    /** Returns the record with another value in one component. */
    static Object with(@Nullable Object target, String component, @Nullable Object value) {
        return withEach(target, component, old -> value);
    }

    /** Returns the record with one component changed. */
    static Object withEach(
            @Nullable Object target,
            String component,
            Function<@Nullable Object, @Nullable Object> change) {
        if (!(target instanceof Record record)) {
            throw new IllegalArgumentException("Not a record: " + target);
        }
        RecordComponent[] parts = record.getClass().getRecordComponents();
        if (Arrays.stream(parts).noneMatch(part -> part.getName().equals(component))) {
            throw new IllegalArgumentException(record.getClass() + " has no " + component + ".");
        }
        try {
            @Nullable Object[] values = new @Nullable Object[parts.length];
            for (int i = 0; i < parts.length; i++) {
                Object value = parts[i].getAccessor().invoke(record);
                values[i] = parts[i].getName().equals(component) ? change.apply(value) : value;
            }
            Class<?>[] types =
                    Arrays.stream(parts).map(RecordComponent::getType).toArray(Class<?>[]::new);
            return record.getClass().getConstructor(types).newInstance(values);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(component + " takes no such value.", e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Answers with the honest result, one component of which has another value. */
    static Interceptor answers(String component, @Nullable Object value) {
        return changing(record -> with(record, component, value));
    }

    /** Answers with the honest result, each record in it changed. */
    static Interceptor changing(UnaryOperator<Object> change) {
        return call -> changed(call.proceed(), change);
    }

    private static @Nullable Object changed(@Nullable Object result, UnaryOperator<Object> change) {
        if (result instanceof Optional<?> optional) {
            return optional.map(change);
        }
        if (result instanceof List<?> list) {
            return list.stream().map(change).toList();
        }
        if (result instanceof Page<?> page) {
            return new Page<>(page.items().stream().map(change).toList(), page.nextCursor());
        }
        return result == null ? null : change.apply(result);
    }

    /** Answers always with this, and does nothing. */
    static Interceptor claims(@Nullable Object value) {
        return call -> value;
    }

    /** Does what it should and says this. */
    static Interceptor doesAndClaims(@Nullable Object value) {
        return call -> {
            call.proceed();
            return value;
        };
    }

    /** Calls with one argument changed. */
    static <T> Interceptor given(Class<T> type, UnaryOperator<T> change) {
        return call -> call.proceedWith(change.apply(call.arg(type)));
    }

    /** Does something else where the honest store refuses. */
    static Interceptor insteadOf(Class<? extends Exception> refusal, Interceptor other) {
        return call -> {
            try {
                return call.proceed();
            } catch (Exception e) {
                if (refusal.isInstance(e)) {
                    return other.answer(call);
                }
                throw e;
            }
        };
    }

    /** Refuses with an error that tells the caller nothing. */
    static Interceptor misreports(Class<? extends RuntimeException> refusal) {
        return insteadOf(
                refusal,
                call -> {
                    throw new IllegalStateException("SQL state 23505");
                });
    }

    /** Answers with the honest list or page, its items rearranged. */
    static Interceptor rearranging(UnaryOperator<List<Object>> change) {
        return call -> {
            Object result = call.proceed();
            if (result instanceof Page<?> page) {
                return new Page<>(change.apply(List.copyOf(page.items())), page.nextCursor());
            }
            return change.apply(List.copyOf((List<?>) result));
        };
    }

    /** Leaves out the first item of every page but the first. */
    static Interceptor losesAtPageBorders() {
        return call -> {
            Page<?> page = call.proceedToPage();
            boolean first = call.arg(PageRequest.class).cursor() == null;
            List<?> items = page.items();
            return first || items.isEmpty()
                    ? page
                    : new Page<>(items.subList(1, items.size()), page.nextCursor());
        };
    }

    /** Shows the last item of every page again on the next one, in place of its own first. */
    static Interceptor repeatsAtPageBorders() {
        AtomicReference<@Nullable Object> last = new AtomicReference<>();
        return call -> {
            Page<?> page = call.proceedToPage();
            boolean first = call.arg(PageRequest.class).cursor() == null;
            List<Object> items = new ArrayList<>(page.items());
            Object repeated = last.get();
            if (!first && repeated != null && !items.isEmpty()) {
                items.set(0, repeated);
            }
            last.set(items.isEmpty() ? null : items.get(items.size() - 1));
            return new Page<>(items, page.nextCursor());
        };
    }

    /** Answers a cursor that it should refuse with the first page. */
    static Interceptor startsAgain() {
        return insteadOf(
                InvalidValueException.class,
                call -> call.proceedWith(PageRequest.ofSize(call.arg(PageRequest.class).size())));
    }

    /** Sorts by UTF-16 unit, descending, where code points are asked for. */
    static Interceptor sortsByUnits(Function<Object, String> id) {
        return rearranging(
                items -> items.stream().sorted(Comparator.comparing(id).reversed()).toList());
    }

    static List<Object> reversed(List<Object> items) {
        List<Object> copy = new ArrayList<>(items);
        Collections.reverse(copy);
        return copy;
    }

    /** Does every other call only in appearance, and answers with what this finds. */
    static Interceptor skipsEveryOther(Interceptor pretence) {
        AtomicInteger calls = new AtomicInteger();
        return call -> calls.incrementAndGet() % 2 == 0 ? pretence.answer(call) : call.proceed();
    }
}
