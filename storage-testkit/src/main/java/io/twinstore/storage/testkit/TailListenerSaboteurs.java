package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.Deeds.misreports;
import static io.twinstore.storage.testkit.Saboteur.tails;
import static io.twinstore.storage.testkit.TailSaboteurs.doubling;
import static io.twinstore.storage.testkit.TailSaboteurs.skipping;

import io.twinstore.storage.SessionId;
import io.twinstore.storage.StorageClosedException;
import io.twinstore.storage.Tail;
import io.twinstore.storage.TailEvent;
import io.twinstore.storage.TailFollowing;
import io.twinstore.storage.TailPublisher;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Breaks what {@link TailListenerClauses} check. */
final class TailListenerSaboteurs {

    private TailListenerSaboteurs() {}

    static List<Saboteur> all() {
        return Stream.of(listeners(), subscribers()).flatMap(List::stream).toList();
    }

    private static List<Saboteur> listeners() {
        return List.of(
                tails("TAIL-LISTEN-001", "next", "skips a message", skipping(2)),
                tails("TAIL-LISTEN-001", "next", "tells a message twice", doubling(2)),
                tails("TAIL-LISTEN-002", "follow", "goes on after a fault", patient()),
                tails(
                        "TAIL-LISTEN-003",
                        "next",
                        "reports a closed storage as a fault",
                        misreports(StorageClosedException.class)));
    }

    /** Keeps what a listener throws to itself. */
    private static Interceptor patient() {
        return call -> {
            Consumer<? super TailEvent> listener = listener(call);
            List<RuntimeException> faults = new CopyOnWriteArrayList<>();
            Consumer<TailEvent> guarded =
                    event -> {
                        try {
                            listener.accept(event);
                        } catch (RuntimeException e) {
                            faults.add(e);
                        }
                    };
            TailFollowing following =
                    (TailFollowing) Objects.requireNonNull(call.proceedAt(0, guarded));
            while (faults.size() < 2) {
                Thread.onSpinWait();
            }
            following.close();
            return following;
        };
    }

    @SuppressWarnings("unchecked") // follow takes no other consumer
    private static Consumer<? super TailEvent> listener(Call call) {
        return (Consumer<? super TailEvent>) call.arg(Consumer.class);
    }

    private static List<Saboteur> subscribers() {
        return List.of(
                tails(
                        "TAIL-PUBLISH-001",
                        "publisher",
                        "pushes what was not requested",
                        relaying(Pushing::new)),
                tails("TAIL-PUBLISH-001", "next", "skips a message", skipping(2)),
                tails(
                        "TAIL-PUBLISH-002",
                        "next",
                        "reports the end as a fault",
                        misreports(StorageClosedException.class)),
                tails(
                        "TAIL-PUBLISH-003",
                        "publisher",
                        "takes a refusal for an end",
                        relaying(Appeasing::new)),
                tails(
                        "TAIL-PUBLISH-004",
                        "publisher",
                        "takes what a subscriber throws for handled",
                        relaying(Patient::new)),
                tails(
                        "TAIL-PUBLISH-005",
                        "publisher",
                        "takes what was read for handled",
                        call -> new AheadPublisher(publisher(call))),
                tails(
                        "TAIL-OWNER-001",
                        "follow",
                        "ends the first listener with the second",
                        closing()),
                tails(
                        "TAIL-OWNER-001",
                        "publisher",
                        "takes a refusal for an end",
                        relaying(Appeasing::new)));
    }

    /** Closes the tail when it refuses a second listener. */
    private static Interceptor closing() {
        return call -> {
            try {
                return call.proceed();
            } catch (IllegalStateException e) {
                ((Tail) call.target()).close();
                throw e;
            }
        };
    }

    /** Puts something between publisher and subscriber. */
    private static Interceptor relaying(
            Function<Flow.Subscriber<? super TailEvent>, Flow.Subscriber<TailEvent>> relay) {
        return call -> new RelayingPublisher(publisher(call), relay);
    }

    private static TailPublisher publisher(Call call) throws Throwable {
        return (TailPublisher) Objects.requireNonNull(call.proceed());
    }

    /**
     * A publisher that counts one message more than was handled; from the first one handled on,
     * since before that it would tell what soon is true.
     */
    private record AheadPublisher(TailPublisher honest) implements TailPublisher {

        @Override
        public void subscribe(Flow.Subscriber<? super TailEvent> subscriber) {
            honest.subscribe(subscriber);
        }

        @Override
        public Map<SessionId, Long> positions() {
            return honest.positions().entrySet().stream()
                    .collect(
                            Collectors.toMap(
                                    Map.Entry::getKey,
                                    entry -> entry.getValue() + Long.signum(entry.getValue())));
        }
    }

    /** A publisher whose subscribers get their signals from a relay. */
    private record RelayingPublisher(
            TailPublisher honest,
            Function<Flow.Subscriber<? super TailEvent>, Flow.Subscriber<TailEvent>> relay)
            implements TailPublisher {

        @Override
        public void subscribe(Flow.Subscriber<? super TailEvent> subscriber) {
            honest.subscribe(relay.apply(subscriber));
        }

        @Override
        public Map<SessionId, Long> positions() {
            return honest.positions();
        }
    }

    /** Hands every signal on. */
    private abstract static class Relay implements Flow.Subscriber<TailEvent> {

        final Flow.Subscriber<? super TailEvent> subscriber;

        Relay(Flow.Subscriber<? super TailEvent> subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscriber.onSubscribe(subscription);
        }

        @Override
        public void onNext(TailEvent event) {
            subscriber.onNext(event);
        }

        @Override
        public void onError(Throwable failure) {
            subscriber.onError(failure);
        }

        @Override
        public void onComplete() {
            subscriber.onComplete();
        }
    }

    /** Requests everything at the first request. */
    private static final class Pushing extends Relay {

        Pushing(Flow.Subscriber<? super TailEvent> subscriber) {
            super(subscriber);
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscriber.onSubscribe(
                    new Flow.Subscription() {
                        @Override
                        public void request(long n) {
                            subscription.request(Long.MAX_VALUE);
                        }

                        @Override
                        public void cancel() {
                            subscription.cancel();
                        }
                    });
        }
    }

    /** Tells an error as an end. */
    private static final class Appeasing extends Relay {

        Appeasing(Flow.Subscriber<? super TailEvent> subscriber) {
            super(subscriber);
        }

        @Override
        public void onError(Throwable failure) {
            subscriber.onComplete();
        }
    }

    /** Keeps what a subscriber throws to itself. */
    private static final class Patient extends Relay {

        Patient(Flow.Subscriber<? super TailEvent> subscriber) {
            super(subscriber);
        }

        @Override
        public void onNext(TailEvent event) {
            try {
                subscriber.onNext(event);
            } catch (RuntimeException e) {
                // As if it had been handled.
                return;
            }
        }
    }
}
