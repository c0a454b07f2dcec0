package aio.loop;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is known about an error that no other code receives, as the context dictionary of asyncio's exception handlers.
 * Immutable. The keys are asyncio's: {@link #MESSAGE}, {@link #EXCEPTION}, {@code future}, {@code task},
 * {@code handle}, {@code protocol}, {@code transport}, {@code socket}, {@code context}.
 */
public final class ExceptionContext {

    /** Key of the message, a String. */
    public static final String MESSAGE = "message";

    /** Key of the exception, a Throwable. */
    public static final String EXCEPTION = "exception";

    private final Map<String, Object> values;

    private ExceptionContext(Map<String, Object> values) {
        this.values = Collections.unmodifiableMap(values);
    }

    /** Returns a context without any key. */
    public static ExceptionContext empty() {
        return new ExceptionContext(new TreeMap<>());
    }

    /** Returns a context with a message. */
    public static ExceptionContext of(String message) {
        return empty().with(MESSAGE, message);
    }

    /** Returns a context with a message and an exception. */
    public static ExceptionContext of(String message, Throwable exception) {
        return of(message).with(EXCEPTION, exception);
    }

    /** Returns a copy of this context with one more key. */
    public ExceptionContext with(String key, Object value) {
        TreeMap<String, Object> copy = new TreeMap<>(values);
        copy.put(Objects.requireNonNull(key, "key"), Objects.requireNonNull(value, "value"));
        return new ExceptionContext(copy);
    }

    /** Returns the message, or null. */
    public @Nullable String message() {
        return (String) values.get(MESSAGE);
    }

    /** Returns the exception, or null. */
    public @Nullable Throwable exception() {
        return (Throwable) values.get(EXCEPTION);
    }

    /** Returns the value of a key, or null. */
    public @Nullable Object get(String key) {
        return values.get(key);
    }

    /** Returns all keys and values, sorted by key. */
    public Map<String, Object> asMap() {
        return values;
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
