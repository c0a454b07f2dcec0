package aio.testkit.junit;

import aio.EventLoops;
import aio.loop.EventLoop;
import aio.loop.LoopInfo;
import aio.testkit.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What was in the process before a test; afterwards, what has come. */
final class Before {
    private final List<String> loops = openLoops();
    private final Set<Thread> threads = threads();
    private final Set<ProcessHandle> children = children();

    private static List<String> openLoops() {
        return EventLoops.loopDirectory().loops().stream().filter(loop -> !loop.managed()).map(LoopInfo::name)
                .collect(Collectors.toList());
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream().filter(Before::isOfUsers).collect(Collectors.toSet());
    }

    /** Leaves out those that the JVM, JUnit and the core keep for all. */
    private static boolean isOfUsers(Thread thread) {
        ThreadGroup group = thread.getThreadGroup();
        String name = thread.getName();
        return group != null && !group.getName().equals("system") && !group.getName().equals("InnocuousThreadGroup")
                && !name.startsWith("aio-") && !name.startsWith("junit-") && !name.startsWith("surefire-")
                && !name.startsWith("ForkJoinPool.commonPool-");
    }

    private static Set<ProcessHandle> children() {
        return ProcessHandle.current().children().filter(ProcessHandle::isAlive)
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** Finds loops that are open and were not before. */
    void lookAtLoops(Leftovers left, @Nullable EventLoop own) {
        List<String> come = new ArrayList<>(openLoops());
        loops.forEach(come::remove);
        if (own != null) {
            come.remove(own.name());
        }
        for (String name : come) {
            left.add("an open loop: \"" + name + "\"; close it", List.of());
            EventLoops.loopDirectory().resources(name).forEach(left::add);
        }
    }

    /** Finds child processes that run and did not before, and kills them. */
    void lookAtChildren(Leftovers left, Duration moment) {
        Await.becomesTrue(moment, () -> newChildren().isEmpty());
        for (ProcessHandle child : newChildren()) {
            String command = child.info().commandLine().orElse("whose command cannot be seen");
            left.add("a child process: " + child.pid() + " " + command + "; end it, and wait for its exit", List.of());
            child.destroyForcibly();
        }
    }

    private Set<ProcessHandle> newChildren() {
        Set<ProcessHandle> now = children();
        now.removeAll(children);
        return now;
    }

    /** Finds threads that live and did not before. */
    void lookAtThreads(Leftovers left, Births births, Duration moment) {
        Await.becomesTrue(moment, () -> newThreads().isEmpty());
        Set<Thread> come = newThreads();
        for (Thread thread : come) {
            left.add("a thread: \"" + thread.getName() + "\" (" + thread.getState() + "), busy with",
                    Arrays.asList(thread.getStackTrace()));
        }
        if (!come.isEmpty()) {
            births.ofTheLiving().forEach(stack -> left.addDetail("a thread that lives still was made", stack));
        }
    }

    private Set<Thread> newThreads() {
        Set<Thread> now = threads();
        now.removeAll(threads);
        now.remove(Thread.currentThread());
        now.removeIf(thread -> !thread.isAlive());
        return now;
    }
}
