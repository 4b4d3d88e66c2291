package io.twinstore.storage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.TailEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A subscriber that does what a clause tells it. */
final class TailSubscriber implements Flow.Subscriber<TailEvent> {

    private final BlockingQueue<TailEvent> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
    private final Consumer<TailEvent> handling;
    private Flow.@Nullable Subscription subscription;

    TailSubscriber() {
        this(event -> {});
    }

    /**
     * @param handling is done with each event before it is taken
     */
    TailSubscriber(Consumer<TailEvent> handling) {
        this.handling = handling;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
    }

    @Override
    public void onNext(TailEvent event) {
        handling.accept(event);
        events.add(event);
    }

    @Override
    public void onError(Throwable failure) {
        ends.add("error: " + failure.getMessage());
    }

    @Override
    public void onComplete() {
        ends.add("complete");
    }

    void request(long count) {
        Objects.requireNonNull(subscription).request(count);
    }

    void cancel() {
        Objects.requireNonNull(subscription).cancel();
    }

    /** Returns what came and was not taken. */
    List<TailEvent> events() {
        return List.copyOf(events);
    }

    /** Returns how it ended so far. */
    List<String> ends() {
        return List.copyOf(ends);
    }

    /** Returns the next events, which must come. */
    List<TailEvent> take(int count) throws InterruptedException {
        List<TailEvent> taken = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            TailEvent event = events.poll(Patience.now().toSeconds(), TimeUnit.SECONDS);
            assertThat(event).as("the next event that a subscriber is told").isNotNull();
            taken.add(Objects.requireNonNull(event));
        }
        return taken;
    }

    /** Returns how it ended, which it must. */
    String end() throws InterruptedException {
        String end = ends.poll(Patience.now().toSeconds(), TimeUnit.SECONDS);
        assertThat(end).as("how a subscription ends").isNotNull();
        return Objects.requireNonNull(end);
    }
}
