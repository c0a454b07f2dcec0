package aio.testkit.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.EventLoops;
import aio.link.RunningLoop;
import aio.loop.EventLoop;
import aio.loop.LoopFuture;
import aio.policy.AbstractChildWatcher;
import aio.policy.ChildWatcher;
import aio.policy.EventLoopPolicy;
import aio.process.ChildProcess;
import aio.testkit.Asyncio;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The child watcher of a policy that has one: C047 to C054, C059 to C069 for the default one, and how loops ask. */
@Asyncio("policy#set_child_watcher")
public abstract class ChildWatcherContract extends SubprocessBase {

    @Test
    @Asyncio("policy#AbstractChildWatcher")
    void c047_skeleton_implementsNothing() {
        ChildWatcher skeleton = new AbstractChildWatcher() {};

        assertNotImplemented("addChildHandler", () -> skeleton.addChildHandler(1, (pid, code) -> {}));
        assertNotImplemented("removeChildHandler", () -> skeleton.removeChildHandler(1));
        assertNotImplemented("attachLoop", () -> skeleton.attachLoop(loop));
        assertNotImplemented("isActive", skeleton::isActive);
        assertNotImplemented("enter", skeleton::enter);
        assertNotImplemented("close", skeleton::close);
    }

    private static void assertNotImplemented(String method, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining(method)
                .hasMessageContaining("override");
    }

    @Test
    @Asyncio("policy#get_child_watcher")
    void c049_watcherThatWasSet_isAnswered() {
        EventLoopPolicy policy = newPolicy();
        FakeWatcher watcher = new FakeWatcher();

        policy.setChildWatcher(watcher);

        assertThat(policy.getChildWatcher()).isSameAs(watcher);
    }

    @Test
    @Asyncio("policy#get_child_watcher")
    void c049_defaultWatcher_isMadeOnce_andActive() throws Exception {
        EventLoopPolicy policy = newPolicy();

        ChildWatcher watcher = policy.getChildWatcher();

        assertThat(watcher.isActive()).isTrue();
        assertThat(policy.getChildWatcher()).isSameAs(watcher);
        assertThat(elsewhere(policy::getChildWatcher)).isSameAs(watcher);
    }

    @Test
    void c050_setting_closesThePreviousOne_alsoForNull() {
        EventLoopPolicy policy = newPolicy();
        ChildWatcher first = policy.getChildWatcher();
        FakeWatcher second = new FakeWatcher();

        policy.setChildWatcher(second);
        assertThat(first.isActive()).isFalse();
        policy.setChildWatcher(second);
        assertThat(second.isClosed()).as("closed by being set again").isFalse();
        policy.setChildWatcher(null);

        assertThat(second.isClosed()).isTrue();
        assertThat(policy.getChildWatcher()).isNotSameAs(first).isNotSameAs(second);
        assertThat(policy.getChildWatcher().isActive()).isTrue();
    }

    @Test
    void c051_setting_doesNotAttach_untilTheMainThreadSetsItsLoop() {
        EventLoops.designateMainThread(Thread.currentThread());
        EventLoopPolicy policy = newPolicy();
        policy.setEventLoop(loop);
        FakeWatcher watcher = new FakeWatcher();

        policy.setChildWatcher(watcher);
        assertThat(watcher.attached()).isEmpty();
        policy.setEventLoop(loop);
        policy.setEventLoop(null);

        assertThat(watcher.attached()).containsExactly(loop.name(), "none");
    }

    @Test
    void c053_otherThreads_doNotMoveTheWatcher() throws Exception {
        EventLoops.designateMainThread(Thread.currentThread());
        EventLoopPolicy policy = newPolicy();
        FakeWatcher watcher = new FakeWatcher();
        policy.setChildWatcher(watcher);

        elsewhere(() -> {
            policy.setEventLoop(loop);
            policy.setEventLoop(null);
            return null;
        });

        assertThat(watcher.attached()).isEmpty();
    }

    @Test
    void c054_loopMadeOnFirstUse_isAttached() throws Exception {
        EventLoopPolicy policy = newPolicy();
        FakeWatcher watcher = new FakeWatcher();
        policy.setChildWatcher(watcher);

        String made = elsewhere(() -> {
            EventLoops.designateMainThread(Thread.currentThread());
            EventLoop current = closing(policy.getEventLoop());
            policy.setEventLoop(null);
            return current.name();
        });

        assertThat(watcher.attached()).containsExactly(made, "none");
    }

    @Test
    @Asyncio("policy#get_child_watcher")
    void c059_defaultWatcher_tellsOnce_besideTheLoop() throws Exception {
        ChildWatcher watcher = newPolicy().getChildWatcher();
        BlockingQueue<Integer> codes = new LinkedBlockingQueue<>();
        RecordingSubprocessProtocol child = readyShell("echo ready; read line; exit 12");

        watcher.addChildHandler(child.transport().getPid(), (pid, code) -> codes.add(-1000));
        watcher.addChildHandler(child.transport().getPid(), (pid, code) -> codes.add(code));
        child.transport().closeStdin();
        runUntilOver(child);

        assertThat(child.transport().getReturncode()).hasValue(12);
        assertThat(codes.poll(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)).isEqualTo(12);
        assertThat(watcher.removeChildHandler(child.transport().getPid())).isFalse();
        assertThat(codes).isEmpty();
    }

    @Test
    @Asyncio("policy#get_child_watcher")
    void c062_defaultWatcher_tellsOfAChildThatEndedBefore() throws Exception {
        ChildWatcher watcher = newPolicy().getChildWatcher();
        BlockingQueue<Integer> codes = new LinkedBlockingQueue<>();
        RecordingSubprocessProtocol child = shell("exit 7");
        runUntilOver(child);

        watcher.addChildHandler(child.transport().getPid(), (pid, code) -> codes.add(code));

        assertThat(codes.poll(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)).isEqualTo(7);
    }

    @Test
    @Asyncio("policy#AbstractChildWatcher.is_active")
    void inactiveWatcher_nothingIsStarted() {
        EventLoopPolicy policy = newPolicy();
        FakeWatcher watcher = new FakeWatcher();
        watcher.active.set(false);
        policy.setChildWatcher(watcher);
        EventLoops.setEventLoopPolicy(policy);
        EventLoop asking = closing(EventLoops.newEventLoop());
        List<String> made = new ArrayList<>();

        LoopFuture<ChildProcess<RecordingSubprocessProtocol>> start = asking.subprocessExec(
                () -> {
                    made.add("protocol");
                    return new RecordingSubprocessProtocol();
                },
                List.of("sleep", "30"));

        assertThatThrownBy(() -> asking.runUntilComplete(start))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is not active");
        assertThat(made).isEmpty();
        assertThat(watcher.handlers).isEmpty();
    }

    @Test
    void watcherThatWasSet_isAsked_andBelieved() {
        EventLoopPolicy policy = newPolicy();
        FakeWatcher watcher = new FakeWatcher();
        policy.setChildWatcher(watcher);
        EventLoops.setEventLoopPolicy(policy);
        loop = closing(EventLoops.newEventLoop());
        RecordingSubprocessProtocol child = shell("exit 3");
        long pid = child.transport().getPid();
        assertThat(watcher.handlers).containsOnlyKeys(pid);

        watcher.handlers.get(pid).exited(pid, 42);
        runUntilOver(child);

        assertThat(child.codeAtExit()).hasValue(42);
    }

    @Test
    void watcherThatIsClosedMeanwhile_losesNoExit() {
        EventLoopPolicy policy = newPolicy();
        policy.setChildWatcher(new FakeWatcher());
        EventLoops.setEventLoopPolicy(policy);
        loop = closing(EventLoops.newEventLoop());
        RecordingSubprocessProtocol child = readyShell("echo ready; read line; exit 9");

        policy.setChildWatcher(null);
        child.transport().closeStdin();
        runUntilOver(child);

        assertThat(child.codeAtExit()).hasValue(9);
    }

    @Test
    @Asyncio("policy#AbstractChildWatcher")
    void start_happensInsideTheContextOfTheWatcher() {
        EventLoopPolicy policy = newPolicy();
        FakeWatcher watcher = new FakeWatcher();
        policy.setChildWatcher(watcher);
        EventLoops.setEventLoopPolicy(policy);

        RecordingSubprocessProtocol child = exec("true");
        long pid = child.transport().getPid();
        assertThat(watcher.calls).containsExactly("enter", "active", "add", "leave");
        watcher.handlers.get(pid).exited(pid, 0);
        runUntilOver(child);
        watcher.calls.clear();
        assertThatThrownBy(() -> exec("no-such-program-anywhere")).isNotNull();

        assertThat(watcher.calls).containsExactly("enter", "active", "leave");
    }

    /** A watcher that a test drives by hand. */
    private static final class FakeWatcher implements ChildWatcher {
        private final AtomicBoolean active = new AtomicBoolean(true);
        private final AtomicBoolean closed = new AtomicBoolean();
        private final Map<Long, ExitCallback> handlers = new LinkedHashMap<>();
        private final List<String> attached = new ArrayList<>();
        private final List<String> calls = new CopyOnWriteArrayList<>();

        @Override
        public Scope enter() {
            calls.add("enter");
            return () -> calls.add("leave");
        }

        @Override
        public synchronized void addChildHandler(long pid, ExitCallback callback) {
            calls.add("add");
            handlers.put(pid, callback);
        }

        @Override
        public synchronized boolean removeChildHandler(long pid) {
            return handlers.remove(pid) != null;
        }

        @Override
        public synchronized void attachLoop(@Nullable EventLoop loop) {
            attached.add(loop == null ? "none" : loop.name());
        }

        @Override
        public boolean isActive() {
            if (RunningLoop.get() != null) {
                calls.add("active");
            }
            return active.get();
        }

        @Override
        public void close() {
            closed.set(true);
            active.set(false);
        }

        synchronized List<String> attached() {
            return List.copyOf(attached);
        }

        boolean isClosed() {
            return closed.get();
        }
    }
}
