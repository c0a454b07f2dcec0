package aio;

import aio.link.RegistryLink;
import aio.link.RunningLoop;
import aio.loop.EventLoop;
import aio.loop.LoopDirectory;
import aio.loop.LoopOptions;
import aio.policy.ChildWatcher;
import aio.policy.EventLoopPolicy;
import aio.policy.Installation;
import aio.policy.LoopFactory;
import aio.policy.MainThread;
import aio.policy.PolicyAdmin;
import aio.policy.PolicyDirectory;
import aio.policy.PolicyRegistry;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The functions of asyncio's module that concern loops and policies. They work on the same state as the services
 * {@link PolicyRegistry}, {@link PolicyAdmin}, {@link PolicyDirectory} and {@link LoopDirectory}, which components take
 * as references.
 *
 * <p>Inside an OSGi framework the core binds its registry here. On a plain class path the registry and the policies are
 * found with {@link ServiceLoader} on first use.
 *
 * <p>Thread safety: any thread.
 */
public final class EventLoops {
    private EventLoops() {}

    /**
     * Returns the process-wide policy, as {@code get_event_loop_policy}; one volatile read. Never null.
     *
     * @throws IllegalStateException if there is no policy at all; the message says what to install
     */
    public static EventLoopPolicy getEventLoopPolicy() {
        EventLoopPolicy policy = RegistryLink.policy();
        return policy != null ? policy : policyRegistry().getEventLoopPolicy();
    }

    /**
     * Returns a policy by its name, such as {@code winselector}, whether or not it is current; see
     * {@link PolicyRegistry#policy}. A program needs no class of a policy to choose it:
     * {@code EventLoops.setEventLoopPolicy(EventLoops.policy("winselector"))}.
     *
     * @throws IllegalArgumentException if no policy has that name, or it cannot be made; the message says what is there
     *     and what to start
     */
    public static EventLoopPolicy policy(String name) {
        return policyRegistry().policy(name);
    }

    /** Installs a policy, as {@code set_event_loop_policy}; see {@link PolicyRegistry#setEventLoopPolicy}. */
    public static void setEventLoopPolicy(@Nullable EventLoopPolicy policy) {
        policyRegistry().setEventLoopPolicy(policy);
    }

    /** Installs a policy until the returned installation is closed, see {@link PolicyRegistry#install}. */
    public static Installation install(EventLoopPolicy policy) {
        return policyRegistry().install(policy);
    }

    /**
     * Returns the loop that runs on this thread, as {@code get_running_loop}. The policy is not asked.
     *
     * @throws IllegalStateException if none runs
     */
    public static EventLoop getRunningLoop() {
        EventLoop loop = RunningLoop.get();
        if (loop == null) {
            throw new IllegalStateException(
                    "no running event loop in thread \"" + Thread.currentThread().getName() + "\"");
        }
        return loop;
    }

    /**
     * Returns the loop that runs on this thread; if none does, the current loop of the policy, as
     * {@code get_event_loop}. An exception of the policy is thrown unchanged.
     *
     * @throws IllegalStateException if the policy returns null
     */
    public static EventLoop getEventLoop() {
        EventLoop running = RunningLoop.get();
        if (running != null) {
            return running;
        }
        EventLoopPolicy policy = getEventLoopPolicy();
        return checked(policy.getEventLoop(), policy, "getEventLoop");
    }

    /** Sets the current loop of the calling context, as {@code set_event_loop}. */
    public static void setEventLoop(@Nullable EventLoop loop) {
        getEventLoopPolicy().setEventLoop(loop);
    }

    /**
     * Makes a loop by the policy, as {@code new_event_loop}.
     *
     * @throws IllegalStateException if the policy returns null
     */
    public static EventLoop newEventLoop() {
        EventLoopPolicy policy = getEventLoopPolicy();
        return checked(policy.newEventLoop(), policy, "newEventLoop");
    }

    /**
     * Makes a loop by the policy, with options: a name, a resolver, whether it follows.
     *
     * @throws UnsupportedOperationException if the policy makes loops that have no options
     * @throws IllegalStateException if the policy returns null
     */
    public static EventLoop newEventLoop(LoopOptions options) {
        EventLoopPolicy policy = getEventLoopPolicy();
        return checked(policy.newEventLoop(options), policy, "newEventLoop");
    }

    /**
     * Returns the policy's watcher of child processes, as {@code get_child_watcher}.
     *
     * @throws IllegalStateException if the policy returns null
     */
    public static ChildWatcher getChildWatcher() {
        EventLoopPolicy policy = getEventLoopPolicy();
        return checked(policy.getChildWatcher(), policy, "getChildWatcher");
    }

    /** Sets the policy's watcher of child processes, as {@code set_child_watcher}. */
    public static void setChildWatcher(@Nullable ChildWatcher watcher) {
        getEventLoopPolicy().setChildWatcher(watcher);
    }

    /** Runs {@code main} on a new loop of the policy, as {@code asyncio.run}; see {@link Runner}. */
    public static <T> @Nullable T run(Callable<? extends CompletionStage<T>> main) {
        try (Runner runner = new Runner()) {
            return runner.run(main);
        }
    }

    /**
     * Calls {@code call}; loops that it makes meanwhile on this thread run on the driver of {@code policy}. See
     * {@link PolicyRegistry#with}.
     *
     * @throws IllegalArgumentException if the policy brings no driver
     * @throws Exception what {@code call} throws
     */
    public static <T extends @Nullable Object> T with(EventLoopPolicy policy, Callable<T> call) throws Exception {
        return policyRegistry().with(policy, call);
    }

    /** Designates the main thread, see {@link MainThread}; null restores the default rule. */
    public static void designateMainThread(@Nullable Thread thread) {
        MainThread.designate(thread);
    }

    static <T> T checked(@Nullable T result, EventLoopPolicy policy, String method) {
        if (result == null) {
            throw new IllegalStateException("policy " + policy.getClass().getName() + " returned null from " + method
                    + ": a policy must return an object or throw; mend the policy, or set another one");
        }
        return result;
    }

    /**
     * Returns the registry that these functions stand for. Inside a framework it is the service of that name, and ends
     * with the core: ask again instead of keeping it.
     *
     * @throws IllegalStateException if the core is not there; the message says what to install
     */
    public static PolicyRegistry policyRegistry() {
        return link().registry();
    }

    /**
     * Returns the operations of an operator: pins, ranks, draining; see {@link #policyRegistry}.
     *
     * @throws IllegalStateException if the core is not there; the message says what to install
     */
    public static PolicyAdmin policyAdmin() {
        return link().admin();
    }

    /**
     * Returns the view of policies and history; see {@link #policyRegistry}.
     *
     * @throws IllegalStateException if the core is not there; the message says what to install
     */
    public static PolicyDirectory policyDirectory() {
        return link().policies();
    }

    /**
     * Returns the view of the loops; see {@link #policyRegistry}.
     *
     * @throws IllegalStateException if the core is not there; the message says what to install
     */
    public static LoopDirectory loopDirectory() {
        return link().loops();
    }

    private static RegistryLink link() {
        RegistryLink link = RegistryLink.bound();
        return link != null ? link : ClassPath.link();
    }

    /** Starts the core of a plain class path, once. */
    private static final class ClassPath {
        static synchronized RegistryLink link() {
            RegistryLink link = RegistryLink.bound();
            if (link == null) {
                // inside a framework no provider is visible: the core exports nothing
                ServiceLoader.load(LoopFactory.class, EventLoops.class.getClassLoader()).findFirst();
                link = RegistryLink.bound(); // the core binds itself when it is made
            }
            if (link == null) {
                throw new IllegalStateException("no event loop policy: the policy registry is not there;"
                        + " install and start the bundles aio.policy.core and aio.policy.default"
                        + " (on a plain class path: add aio-policy-core and aio-policy-default)");
            }
            return link;
        }
    }
}
