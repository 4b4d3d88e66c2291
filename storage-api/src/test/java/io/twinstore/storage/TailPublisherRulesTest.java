package io.twinstore.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.reactivestreams.tck.TestEnvironment;
import org.reactivestreams.tck.flow.FlowPublisherVerification;
import org.testng.SkipException;
import org.testng.annotations.Test;

/** The rules of reactive streams for publishers, as their own kit checks them. */
class TailPublisherRulesTest {

    private final Set<String> skipped = new TreeSet<>();

    /** The kit on publishers of tails that end. */
    public static final class Verification extends FlowPublisherVerification<TailEvent> {

        public Verification() {
            super(new TestEnvironment(5_000, 100));
        }

        @Override
        public Flow.Publisher<TailEvent> createFlowPublisher(long elements) {
            return new EndingTail(elements).publisher();
        }

        @Override
        public Flow.Publisher<TailEvent> createFailedFlowPublisher() {
            Flow.Publisher<TailEvent> taken = new EndingTail(0).publisher();
            taken.subscribe(new Ignoring());
            return taken;
        }
    }

    @TestFactory
    Stream<DynamicTest> rules() {
        Stream<DynamicTest> rules =
                Arrays.stream(Verification.class.getMethods())
                        .filter(method -> method.isAnnotationPresent(Test.class))
                        .sorted(Comparator.comparing(Method::getName))
                        .map(rule -> DynamicTest.dynamicTest(rule.getName(), () -> check(rule)));
        return Stream.concat(
                rules, Stream.of(DynamicTest.dynamicTest("nothing else was left out", this::rest)));
    }

    private void check(Method rule) throws Throwable {
        Verification verification = new Verification();
        verification.setUp();
        try {
            rule.invoke(verification);
        } catch (InvocationTargetException e) {
            if (!(e.getCause() instanceof SkipException)) {
                throw e.getCause();
            }
            skipped.add(rule.getName());
        }
    }

    /** What the kit cannot check, or checks only where several may subscribe. */
    private void rest() {
        assertThat(skipped)
                .allMatch(
                        name -> name.startsWith("untested_") || name.contains("optional_spec111"));
    }

    /** Takes nothing. */
    private static final class Ignoring implements Flow.Subscriber<TailEvent> {

        @Override
        public void onSubscribe(Flow.Subscription subscription) {}

        @Override
        public void onNext(TailEvent event) {}

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onComplete() {}
    }
}
