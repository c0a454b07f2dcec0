package aio.testkit;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.TestAbortedException;

/**
 * Says at each failure of a contract which case of asyncio it is, by the name of the test, and links the item that
 * {@link Asyncio} names; and leaves out what {@link LeaveOut} names.
 */
public final class Cases
        implements TestExecutionExceptionHandler, LifecycleMethodExecutionExceptionHandler, ExecutionCondition {
    private static final Pattern CASE = Pattern.compile("c(\\d+)_.*");
    private static final String PAGES = "https://docs.python.org/3.13/library/asyncio-";

    /** For JUnit. */
    public Cases() {}

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw told(context, failure);
    }

    @Override
    public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure)
            throws Throwable {
        throw told(context, failure);
    }

    @Override
    public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable failure)
            throws Throwable {
        throw told(context, failure);
    }

    private static Throwable told(ExtensionContext context, Throwable failure) {
        return failure instanceof TestAbortedException ? failure
                : new AssertionError(text(context.getRequiredTestMethod()) + ": "
                        + (failure.getMessage() == null ? failure : failure.getMessage()), failure);
    }

    private static String text(Method test) {
        Matcher numbered = CASE.matcher(test.getName());
        String name = test.getDeclaringClass().getSimpleName() + "." + test.getName();
        String item = item(test).map(found -> "asyncio: " + found).orElse("");
        return numbered.matches()
                ? "case C" + numbered.group(1) + " of asyncio is not kept (" + item + (item.isEmpty() ? "" : "; ")
                        + name + "; docs/parity.md has the cases that differ on the JVM)"
                : name + " is not kept" + (item.isEmpty() ? "" : " (" + item + ")");
    }

    /** Returns item and link, or how it is there. */
    private static Optional<String> item(Method test) {
        return item((AnnotatedElement) test).or(() -> item(test.getDeclaringClass()));
    }

    private static Optional<String> item(AnnotatedElement tested) {
        Optional<String> none = AnnotationSupport.findAnnotation(tested, NotInAsyncio.class)
                .map(found -> "not there, " + found.value());
        return none.isPresent() ? none : AnnotationSupport.findAnnotation(tested, Asyncio.class)
                .map(found -> link(found.value()));
    }

    /** Returns the item of {@code page#item}, and its address. */
    private static String link(String found) {
        int end = found.indexOf('#');
        String item = found.substring(end + 1);
        return item + ", " + PAGES + found.substring(0, end) + ".html#asyncio." + item;
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Class<?> contract = context.getRequiredTestClass().getSuperclass();
        return context.getTestMethod().isPresent() || contract == null
                ? ConditionEvaluationResult.enabled("a test")
                : context.getParent().flatMap(ExtensionContext::getTestClass).flatMap(suite -> leftOut(suite, contract))
                        .orElseGet(() -> ConditionEvaluationResult.enabled("a contract"));
    }

    private static Optional<ConditionEvaluationResult> leftOut(Class<?> suite, Class<?> contract) {
        LeaveOut leaveOut = suite.getAnnotation(LeaveOut.class);
        return leaveOut != null && Arrays.asList(leaveOut.value()).contains(contract)
                ? Optional.of(ConditionEvaluationResult.disabled(leaveOut.because())) : Optional.empty();
    }
}
