package aio.testkit;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/**
 * Says at each failure of a contract which case of asyncio it is, by the name of the test, and leaves out what
 * {@link LeaveOut} names.
 */
public final class Cases implements TestExecutionExceptionHandler, ExecutionCondition {
    private static final Pattern CASE = Pattern.compile("c(\\d+)_.*");

    /** For JUnit. */
    public Cases() {}

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        if (failure instanceof TestAbortedException) {
            throw failure;
        }
        Method test = context.getRequiredTestMethod();
        throw new AssertionError(text(test.getDeclaringClass().getSimpleName(), test.getName()) + ": "
                + (failure.getMessage() == null ? failure : failure.getMessage()), failure);
    }

    private static String text(String contract, String test) {
        Matcher numbered = CASE.matcher(test);
        return numbered.matches()
                ? "case C" + numbered.group(1) + " of asyncio is not kept (" + contract + "."
                        + test + "; docs/parity.md has the cases that differ on the JVM)"
                : contract + "." + test + " is not kept";
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
