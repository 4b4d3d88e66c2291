package io.twinstore.storage.testkit;

import org.jspecify.annotations.Nullable;

/** Answers a call in place of the honest store. Called by any number of threads. */
@FunctionalInterface
interface Interceptor {

    /** Returns or throws what the caller is to see. */
    @Nullable Object answer(Call call) throws Throwable;
}
