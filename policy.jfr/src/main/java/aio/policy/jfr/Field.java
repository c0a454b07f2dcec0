package aio.policy.jfr;

import aio.loop.BundleId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import jdk.jfr.AnnotationElement;
import jdk.jfr.Label;
import jdk.jfr.Timespan;
import jdk.jfr.Timestamp;
import jdk.jfr.ValueDescriptor;

/**
 * One field of an event, and where its value comes from. What is absent is an empty text.
 *
 * @param <T> what an event tells of
 */
record Field<T>(ValueDescriptor descriptor, Function<T, Object> value) {

    static <T> Field<T> text(String name, String label, Function<T, String> value) {
        return new Field<>(new ValueDescriptor(String.class, name, List.of(labelled(label))), value::apply);
    }

    static <T> Field<T> maybe(String name, String label, Function<T, Optional<String>> value) {
        return text(name, label, of -> value.apply(of).orElse(""));
    }

    static <T> Field<T> bundle(String name, String label, Function<T, Optional<BundleId>> value) {
        return text(name, label, of -> value.apply(of).map(BundleId::toString).orElse(""));
    }

    /** Several lines in one text. */
    static <T> Field<T> lines(String name, String label, Function<T, List<String>> value) {
        return text(name, label, of -> String.join("\n", value.apply(of)));
    }

    static <T> Field<T> number(String name, String label, ToLongFunction<T> value) {
        return new Field<>(new ValueDescriptor(long.class, name, List.of(labelled(label))), value::applyAsLong);
    }

    static <T> Field<T> flag(String name, String label, Predicate<T> value) {
        return new Field<>(new ValueDescriptor(boolean.class, name, List.of(labelled(label))), value::test);
    }

    static <T> Field<T> time(String name, String label, Function<T, Duration> value) {
        return new Field<>(
                new ValueDescriptor(long.class, name,
                        List.of(labelled(label), new AnnotationElement(Timespan.class, Timespan.NANOSECONDS))),
                of -> value.apply(of).toNanos());
    }

    static <T> Field<T> instant(String name, String label, Function<T, Instant> value) {
        return new Field<>(
                new ValueDescriptor(long.class, name,
                        List.of(labelled(label),
                                new AnnotationElement(Timestamp.class, Timestamp.MILLISECONDS_SINCE_EPOCH))),
                of -> value.apply(of).toEpochMilli());
    }

    private static AnnotationElement labelled(String label) {
        return new AnnotationElement(Label.class, label);
    }
}
