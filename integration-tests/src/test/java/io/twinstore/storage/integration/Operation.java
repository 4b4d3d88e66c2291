package io.twinstore.storage.integration;

import io.twinstore.storage.ConflictException;
import io.twinstore.storage.ErrorCode;
import io.twinstore.storage.StorageException;
import io.twinstore.storage.Stores;
import org.jspecify.annotations.Nullable;

/**
 * One call of a store with all that it is given, so that it can be made again on another database.
 *
 * @param text how to tell it to a person
 * @param act the call
 */
record Operation(String text, Act act) {

    /** What marks an outcome that no database may have. */
    static final String FAULT = "FAULT ";

    /** A call of a store. */
    @FunctionalInterface
    interface Act {
        @Nullable Object on(Stores stores, Side side) throws Exception;
    }

    /** Makes the call and returns what a caller sees of it: the value or the error, as text. */
    String outcome(Stores stores, Side side) {
        try {
            return String.valueOf(act.on(stores, side));
        } catch (ConflictException e) {
            return "Conflict " + e.reason() + " " + e.getMessage();
        } catch (StorageException e) {
            String fault = e.code() == ErrorCode.INTERNAL ? FAULT : "";
            return fault + e.getClass().getSimpleName() + " " + e.code() + " " + e.getMessage();
        } catch (Exception e) {
            return FAULT + e;
        }
    }

    @Override
    public String toString() {
        StringBuilder printable = new StringBuilder();
        text.codePoints()
                .forEach(
                        c -> {
                            if (Character.isISOControl(c)
                                    || Character.getType(c) == Character.SURROGATE) {
                                printable.append(String.format("\\u%04x", c));
                            } else {
                                printable.appendCodePoint(c);
                            }
                        });
        return printable.toString();
    }
}
