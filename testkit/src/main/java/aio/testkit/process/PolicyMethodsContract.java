package aio.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;

import aio.EventLoops;
import aio.loop.EventLoop;
import aio.loop.LoopFuture;
import aio.loop.LoopInfo;
import aio.loop.LoopOptions;
import aio.policy.ChildWatcher;
import aio.policy.EventLoopPolicy;
import aio.policy.LoopFactory;
import aio.process.ChildProcess;
import aio.process.watcher.FastChildWatcher;
import aio.process.watcher.MultiLoopChildWatcher;
import aio.process.watcher.PidfdChildWatcher;
import aio.process.watcher.SafeChildWatcher;
import aio.process.watcher.ThreadedChildWatcher;
import aio.testkit.Asyncio;
import aio.testkit.LogCapture;
import aio.testkit.RecordingExceptionHandler;
import aio.testkit.process.PolicyFault.Target;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every method of a policy, of its child watcher and of the contexts of that fails in every way, at several of its
 * calls, under a loop that starts children. The methods are found by reflection. Whatever they do: callbacks run; each
 * child that was started is told to its protocol once and with its code; a start that fails says the cause; and no
 * loop, descriptor or child is left. The system property {@code aio.faults.calls} names other calls than the first and
 * the third, {@code aio.faults.watchers} how many kinds of watchers, up to six.
 */
@Asyncio("policy#AbstractEventLoopPolicy")
public abstract class PolicyMethodsContract extends SubprocessBase {
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final int ROUNDS = 3;
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
    private static final Map<String, Supplier<ChildWatcher>> WATCHERS = new LinkedHashMap<>();

    static {
        WATCHERS.put("threaded", ThreadedChildWatcher::new);
        WATCHERS.put("fast", FastChildWatcher::new);
        WATCHERS.put("default", () -> LoopFactory.ofClassPath().newChildWatcher());
        WATCHERS.put("pidfd", PidfdChildWatcher::new);
        WATCHERS.put("safe", SafeChildWatcher::new);
        WATCHERS.put("multi", MultiLoopChildWatcher::new);
    }

    /** For subclasses. */
    protected PolicyMethodsContract() {}

    static List<Target> targets() {
        return PolicyFault.targets();
    }

    @ParameterizedTest
    @MethodSource("targets")
    @Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void methodThatFails(Target target) {
        EventLoops.designateMainThread(Thread.currentThread());
        loop.close(); // it would follow the policies, and so hold now these descriptors and now others
        List<Throwable> failures = new ArrayList<>();
        int watchers = Integer.getInteger("aio.faults.watchers", 3);
        // a fault of the policy has little to do with the kind of its watcher
        List<String> kinds = List.copyOf(WATCHERS.keySet())
                .subList(0, target.type() == EventLoopPolicy.class ? 1 : watchers);
        int happened = 0;
        for (String call : System.getProperty("aio.faults.calls", "1,3").split(",")) {
            for (PolicyFault fault : target.faults(Integer.parseInt(call))) {
                for (String kind : kinds) {
                    try {
                        happened += new Life(fault, WATCHERS.get(kind)).live() ? 1 : 0;
                    } catch (Exception | AssertionError e) {
                        failures.add(new AssertionError(fault + ", watcher " + kind + ": " + e.getMessage(), e));
                    }
                }
            }
        }
        if (!failures.isEmpty()) {
            AssertionError failure = new AssertionError(failures.size() + " faults are not borne: " + failures);
            failures.forEach(failure::addSuppressed);
            throw failure;
        }
        assertThat(happened).as("faults that have happened").isPositive();
    }

    /** A child that was to be started. */
    private record Started(int code, RecordingSubprocessProtocol protocol, boolean there) {}

    /** The life of one loop under one fault. The thread of the test, which is the main thread. */
    private final class Life {
        private final PolicyFault fault;
        private final TamperedPolicy tampered;
        private final Supplier<ChildWatcher> watchers;
        private final List<Started> held = new ArrayList<>();
        private final List<Throwable> told = new ArrayList<>();
        private final Set<String> loops = loopNames();
        private final Set<Long> children = childPids();
        private final Map<String, Long> descriptors = descriptors();
        private final EventLoop own;
        private int codes;

        Life(PolicyFault fault, Supplier<ChildWatcher> watchers) {
            this.fault = fault;
            this.watchers = watchers;
            tampered = new TamperedPolicy(newPolicy(), fault);
            own = LoopFactory.ofClassPath().newLoop(driver(),
                    LoopOptions.defaults().withName("life-" + NUMBERS.incrementAndGet()));
        }

        /** Returns whether the fault has happened. */
        boolean live() {
            try (LogCapture log = LogCapture.start(); EventLoop open = own) {
                RecordingExceptionHandler handler = RecordingExceptionHandler.on(open);
                try {
                    held.add(start("read line; exit "));
                    EventLoops.setEventLoopPolicy(tampered.policy());
                    told.addAll(reasons());
                    for (int round = 0; round < ROUNDS; round++) {
                        round();
                    }
                    attempt(() -> EventLoops.setChildWatcher(null));
                    held.stream().filter(Started::there).forEach(child -> child.protocol.transport().closeStdin());
                    held.forEach(this::awaitEnd);
                } finally {
                    EventLoops.setEventLoopPolicy(null);
                }
                Started last = start("exit ");
                assertThat(last.there).as("a child is started under a policy that works").isTrue();
                awaitEnd(last);
                told.addAll(handler.exceptions());
                told.addAll(log.thrown());
            }
            assertThat(loopNames()).as("loops that are left").isEqualTo(loops);
            await("children end", () -> children.containsAll(childPids()));
            await("no descriptors are left but " + descriptors, () -> isAtMost(descriptors(), descriptors));
            if (fault.kind().fails() && tampered.planted() > 0) {
                assertThat(told).as("what was planted is told").anyMatch(TamperedPolicy::isPlanted);
            }
            return tampered.planted() > 0;
        }

        private void round() {
            attempt(() -> EventLoops.setChildWatcher(tampered.watcher(watchers.get())));
            attempt(() -> closeUnlessOwn(EventLoops.getEventLoop())); // it is made, the first time
            attempt(() -> EventLoops.setEventLoop(own));
            attempt(() -> EventLoops.getChildWatcher().removeChildHandler(1));
            awaitEnd(start("exit "));
            held.add(start("read line; exit "));
            attempt(() -> EventLoops.newEventLoop().close());
            attempt(() -> EventLoops.newEventLoop(LoopOptions.defaults()).close());
            attempt(() -> EventLoops.run(() -> CompletableFuture.completedFuture("ran")));
        }

        private void closeUnlessOwn(EventLoop current) {
            if (current != own) {
                current.close();
            }
        }

        /** Does something that may fail as the policy does, and in no other way. */
        private void attempt(Runnable work) {
            try {
                work.run();
            } catch (RuntimeException | Error e) {
                boolean noneIsSet = String.valueOf(e.getMessage()).startsWith("There is no current event loop");
                assertThat(noneIsSet || isExcused(e)).as("what fails, fails by the fault, not by " + e).isTrue();
                told.add(e);
            }
        }

        private boolean isExcused(Throwable failure) {
            return tampered.planted() > 0 && (TamperedPolicy.isPlanted(failure)
                    || failure instanceof IllegalStateException
                            && failure.getMessage().matches(".*( is not active|returned null from| child watcher ).*"));
        }

        private Started start(String command) {
            int code = ++codes;
            RecordingSubprocessProtocol protocol = new RecordingSubprocessProtocol();
            LoopFuture<ChildProcess<RecordingSubprocessProtocol>> start =
                    own.subprocessShell(() -> protocol, command + code);
            runUntil(own, "the start is done", start::isDone);
            assertThat(start.isCancelled()).isFalse();
            Throwable failure = start.exception();
            if (failure != null) {
                told.add(failure);
                assertThat(isExcused(failure)).as("a start fails by the fault, not by " + failure).isTrue();
                assertThat(protocol.events()).isEmpty();
            } else {
                killAfterwards(protocol.transport().getPid());
            }
            return new Started(code, protocol, failure == null);
        }

        private void awaitEnd(Started child) {
            if (child.there) {
                runUntil(own, "the end of child " + child.code, child.protocol::isOver);
                assertThat(child.protocol.codeAtExit()).hasValue(child.code);
                assertThat(child.protocol.events()).containsOnlyOnce("exited");
            }
        }
    }

    private static Set<String> loopNames() {
        return EventLoops.loopDirectory().loops().stream().map(LoopInfo::name).collect(Collectors.toSet());
    }

    private static List<Throwable> reasons() {
        return EventLoops.policyDirectory().policies().stream()
                .flatMap(info -> info.why().stream())
                .filter(line -> line.contains(TamperedPolicy.PLANTED))
                .<Throwable>map(line -> new AssertionError(TamperedPolicy.PLANTED))
                .toList();
    }

    private static Set<Long> childPids() {
        return ProcessHandle.current().children().map(ProcessHandle::pid).collect(Collectors.toSet());
    }

    private static boolean isAtMost(Map<String, Long> seen, Map<String, Long> most) {
        return seen.entrySet().stream().allMatch(each -> each.getValue() <= most.getOrDefault(each.getKey(), 0L));
    }

    /** Counts pipes, sockets and the like; files are those of classes, which the JVM opens when it likes. */
    private static Map<String, Long> descriptors() {
        if (!Files.isDirectory(DESCRIPTORS)) {
            return Map.of(); // the system does not list them
        }
        try (Stream<Path> entries = Files.list(DESCRIPTORS)) {
            return entries.map(PolicyMethodsContract::kindOf).filter(kind -> !kind.startsWith("/"))
                    .collect(Collectors.groupingBy(kind -> kind, TreeMap::new, Collectors.counting()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String kindOf(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().replaceAll("\\d", "");
        } catch (IOException e) {
            return "/"; // closed meanwhile: that of the list
        }
    }
}
