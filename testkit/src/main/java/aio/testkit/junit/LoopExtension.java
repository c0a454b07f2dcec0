package aio.testkit.junit;

import aio.EventLoops;
import aio.loop.EventLoop;
import aio.policy.EventLoopPolicy;
import aio.testkit.VirtualClock;
import aio.testkit.VirtualLoops;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/**
 * Gives a test its parameters, and fails it if it leaves something behind.
 *
 * <p><b>Parameters</b> of the test, of {@code @BeforeEach} and of {@code @AfterEach} methods may be:
 *
 * <ul>
 *   <li>{@link EventLoop}: a fresh loop of the policy, in debug mode, the same one in all of these methods. Only the
 *       test runs it, with {@code loop.runUntilComplete(…)}. It is closed after the test.
 *   <li>{@link VirtualClock}: the clock of that loop, which jumps from timer to timer; with {@link Paused} it stands
 *       still until the test lets time pass. The test method must take it, even if only other methods use it.
 *   <li>{@link VirtualLoops}: makes several loops on one virtual clock, in the order of a seed: that of {@link Seed}, 0
 *       without it. A failure of the test says the seed. They are closed after the test.
 *   <li>{@link EventLoopPolicy}: the policy that the test runs on.
 * </ul>
 *
 * <p><b>A test must not leave behind</b>, after its {@code @AfterEach} methods: a connection, server, datagram
 * endpoint, pipe, watched descriptor, child process, timer, sleep, task or unfinished operation on its loop; a failure
 * that no code has retrieved, or that only the exception handler was told; another open loop; a thread; a child process
 * of this process; another process-wide policy. The message says what it is, who owns it, and where it was made. A
 * thing that is about to end is given a moment to do so. If a test fails by itself, its left-over things are not
 * reported, but they are ended as far as possible.
 *
 * <p>Register it by {@link LoopTest}, {@link TestOnAllPolicies}, or {@code @ExtendWith(LoopExtension.class)} at a class
 * with tests of any kind. Policy, threads and children are those of the process: tests that run in parallel with others
 * must hold the lock {@link LoopTest#LOCK}, as these annotations do.
 */
public final class LoopExtension
        implements BeforeEachCallback, AfterEachCallback, ParameterResolver, TestExecutionExceptionHandler {
    private static final Namespace NAMESPACE = Namespace.create(LoopExtension.class);
    private static final Set<Class<?>> GIVEN = Set.of(
            EventLoop.class, VirtualClock.class, VirtualLoops.class, EventLoopPolicy.class);

    private final @Nullable String policy;
    private final @Nullable Long seed;

    /** Runs tests on the process-wide policy. */
    public LoopExtension() {
        policy = null;
        seed = null;
    }

    /** Runs tests on a policy, which is installed meanwhile. */
    LoopExtension(String policy) {
        this.policy = policy;
        seed = null;
    }

    /** Runs tests with a seed. */
    LoopExtension(long seed) {
        policy = null;
        this.seed = seed;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        long own = seed != null ? seed : EachSeed.chosen(context.getRequiredTestMethod()).orElse(0);
        Scene scene = new Scene(context.getDisplayName(), clockFor(context), VirtualLoops.seeded(own));
        context.getStore(NAMESPACE).put(Scene.class, scene);
        if (policy != null) {
            scene.install(EventLoops.policy(policy));
        }
    }

    private static @Nullable VirtualClock clockFor(ExtensionContext context) {
        Method test = context.getRequiredTestMethod();
        return Stream.of(test.getParameters())
                .filter(parameter -> parameter.getType() == VirtualClock.class)
                .findFirst()
                .map(LoopExtension::clock)
                .orElse(null);
    }

    private static VirtualClock clock(Parameter parameter) {
        return parameter.isAnnotationPresent(Paused.class) ? VirtualClock.paused() : VirtualClock.jumping();
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Executable taker = parameter.getDeclaringExecutable();
        return GIVEN.contains(parameter.getParameter().getType()) && taker instanceof Method
                && context.getTestMethod().isPresent();
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Scene scene = context.getStore(NAMESPACE).get(Scene.class, Scene.class);
        Class<?> type = parameter.getParameter().getType();
        if (type == EventLoop.class) {
            return scene.loop();
        }
        if (type == VirtualLoops.class) {
            return scene.loops();
        }
        if (type == EventLoopPolicy.class) {
            return EventLoops.getEventLoopPolicy();
        }
        VirtualClock clock = scene.clock();
        if (clock == null) {
            throw new ParameterResolutionException("the loop of this test was made without a virtual clock, since the"
                    + " test does not take one: expected a VirtualClock among the parameters of "
                    + Arrays.toString(context.getRequiredTestMethod().getParameterTypes()) + " as well");
        }
        return clock;
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        Scene scene = context.getStore(NAMESPACE).get(Scene.class, Scene.class);
        if (scene == null || scene.loops().loops().isEmpty() || failure instanceof TestAbortedException) {
            throw failure;
        }
        long failed = scene.loops().seed();
        throw new AssertionError("with seed " + failed + ", which @Seed(" + failed + ") or -Daio.testkit.seed=" + failed
                + " replays: " + (failure.getMessage() == null ? failure : failure.getMessage()), failure);
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        Scene scene = context.getStore(NAMESPACE).remove(Scene.class, Scene.class);
        if (scene != null) {
            scene.end(context.getExecutionException().isPresent());
        }
    }
}
