package aio.core.process;

import aio.core.foreign.CoreLog;
import aio.core.foreign.ForeignFailure;
import aio.core.foreign.Text;
import aio.core.foreign.UserCalls;
import aio.core.foreign.WatcherCalls;
import aio.core.kernel.Kernel;
import aio.loop.EventLoop;
import aio.loop.ExceptionContext;
import aio.loop.InvalidStateException;
import aio.loop.LoopClosedException;
import aio.loop.LoopExit;
import aio.loop.LoopFuture;
import aio.policy.ChildWatcher;
import aio.process.ChildProcess;
import aio.process.SubprocessOptions;
import aio.process.SubprocessProtocol;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One start of a child: the protocol is made on the loop, the child started beside it, and both are connected on the
 * loop. If the future is cancelled in between, the child is killed.
 *
 * @param <P> the type of the protocol
 */
final class ProcessStart<P extends SubprocessProtocol> {
    private static final CoreLog LOG = CoreLog.LOOP;

    private final ProcessLauncher launcher;
    private final Kernel kernel;
    private final EventLoop loop;
    private final Supplier<P> factory;
    private final List<String> command;
    private final SubprocessOptions options;
    private final @Nullable ChildWatcher watcher;
    private final LoopFuture<ChildProcess<P>> future;
    private ChildWatcher.@Nullable Scope scope; // of the loop's thread, which passes it on

    ProcessStart(
            ProcessLauncher launcher,
            Kernel kernel,
            Supplier<P> factory,
            List<String> command,
            SubprocessOptions options,
            @Nullable ChildWatcher watcher) {
        this.launcher = launcher;
        this.kernel = kernel;
        this.loop = kernel.loop();
        this.factory = factory;
        this.command = command;
        this.options = options;
        this.watcher = watcher;
        this.future = loop.createFuture();
    }

    LoopFuture<ChildProcess<P>> begin() {
        loop.callSoonThreadsafe(this::enterWatcher);
        return future;
    }

    /** The start happens in the context of the watcher, which is entered and left on the loop. */
    private void enterWatcher() {
        if (future.isDone()) {
            return;
        }
        try {
            if (watcher != null) {
                scope = WatcherCalls.enter(watcher);
                checkActive(watcher);
            }
        } catch (ForeignFailure e) {
            leaveWatcher();
            fail(e.failure());
            return;
        } catch (IllegalStateException e) {
            leaveWatcher();
            fail(e);
            return;
        }
        makeProtocol();
    }

    private void checkActive(ChildWatcher asked) throws ForeignFailure {
        if (!WatcherCalls.isActive(asked)) {
            throw new IllegalStateException("the child watcher " + Text.of(asked) + " of loop \"" + loop.name()
                    + "\" is not active, subprocess support is not there: attach it to a running loop, or set another"
                    + " one with setChildWatcher (null for the default)");
        }
    }

    private void leaveWatcher() {
        ChildWatcher.Scope entered = scope;
        scope = null;
        if (entered == null) {
            return;
        }
        try {
            WatcherCalls.leave(entered);
        } catch (ForeignFailure e) {
            kernel.report(
                    ExceptionContext.of("Exception in leaving child watcher " + Text.of(watcher), e.failure()));
        }
    }

    private void makeProtocol() {
        P protocol;
        try {
            protocol = kernel.calls().attempt(factory, () -> UserCalls.made(factory));
        } catch (ForeignFailure e) {
            leaveWatcher();
            fail(e.failure());
            return;
        } catch (LoopExit exit) {
            leaveWatcher();
            fail(exit);
            throw exit;
        }
        try {
            launcher.execute("aio-process-start", () -> spawn(protocol));
        } catch (OutOfMemoryError noThread) {
            leaveWatcher();
            fail(noThread);
        }
    }

    private void spawn(P protocol) {
        if (future.isDone()) {
            failed(new CancellationException());
            return;
        }
        Child child;
        try {
            child = new Spawning(launcher.pipes(), command, options).start();
        } catch (IOException e) {
            failed(Programs.diagnose(command.get(0), options.directory(), e));
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failed(new CancellationException("process \"" + command.get(0) + "\" was not started: interrupted"));
            return;
        } catch (RuntimeException | Error e) { // whatever it is, the caller waits
            failed(e);
            return;
        }
        handOver(new ChildTransport(launcher, kernel, protocol, child), child.process(), protocol);
    }

    private void handOver(ChildTransport transport, Process process, P protocol) {
        kernel.residents().keep(transport);
        Runnable waiting = launcher.reaper().register(process, (pid, code) -> {
            if (isWatched()) {
                transport.exitExpected(code, Objects.requireNonNull(watcher));
            } else { // a watcher that was closed has forgotten its children, but no exit may be lost
                transport.exitReported(code);
            }
        });
        try {
            loop.callSoonThreadsafe(() -> connect(transport, protocol));
            transport.startReading();
        } catch (LoopClosedException | OutOfMemoryError e) { // no loop, or no thread
            fail(e); // before the loop comes to connect
            transport.abandon();
            failed(e);
        } finally {
            waiting.run();
        }
    }

    private boolean isWatched() {
        try {
            return asksWatcher() && WatcherCalls.isActive(Objects.requireNonNull(watcher));
        } catch (ForeignFailure e) {
            LOG.log(Level.ERROR,
                    "a child watcher failed when it was asked whether it is active: the exit of"
                    + " its child is told without it", e.failure());
            return false;
        }
    }

    /** Nothing was started. */
    private void failed(Throwable cause) {
        Runnable end = () -> {
            leaveWatcher();
            fail(cause);
        };
        try {
            loop.callSoonThreadsafe(end);
        } catch (LoopClosedException e) {
            end.run();
        }
    }

    private void connect(ChildTransport transport, P protocol) {
        try {
            if (future.isDone() || transport.isClosing()) {
                transport.abandon();
                fail(new LoopClosedException("process " + transport.getPid() + " was killed, for loop \"" + loop.name()
                        + "\" or the bundle that started it ends"));
                return;
            }
            if (asksWatcher()) {
                WatcherCalls.watch(Objects.requireNonNull(watcher), transport.getPid(),
                        (pid, code) -> told(transport, pid, code));
            }
        } catch (ForeignFailure e) {
            transport.abandon();
            fail(e.failure());
            return;
        } finally {
            leaveWatcher();
        }
        try {
            transport.connect();
        } finally {
            complete(transport, protocol);
        }
    }

    /** The watcher tells of an exit. Any thread. */
    private void told(ChildTransport transport, long pid, int code) {
        if (pid == transport.getPid()) {
            transport.exitReported(code);
        } else {
            LOG.log(Level.WARNING, "child watcher " + Text.of(watcher) + " told that process " + pid + " ended with "
                    + code + ", where it was asked for process " + transport.getPid()
                    + ": this is not believed; mend the watcher, or set another one");
        }
    }

    private void complete(ChildTransport transport, P protocol) {
        try {
            future.setResult(new ChildProcess<>(transport, protocol));
        } catch (InvalidStateException e) {
            // cancelled: the transport is no longer wanted
            transport.close();
        }
    }

    private boolean asksWatcher() {
        // a default watcher uses the reaper too, and its handlers belong to the user: the core's would replace them
        return watcher != null && !(watcher instanceof ReaperWatcher);
    }

    private void fail(Throwable cause) {
        try {
            future.setException(cause);
        } catch (InvalidStateException e) {
            // cancelled: the result is no longer wanted
        }
    }
}
