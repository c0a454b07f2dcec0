package aio.core.process;

import aio.core.foreign.ChildCalls;
import aio.core.foreign.CoreLog;
import aio.core.foreign.Text;
import aio.core.kernel.Kernel;
import aio.core.kernel.Resident;
import aio.core.transport.Ending;
import aio.loop.EventLoop;
import aio.loop.Handle;
import aio.loop.LoopClosedException;
import aio.loop.ResourceKind;
import aio.policy.ChildWatcher;
import aio.process.ProcessGoneException;
import aio.process.ProcessSignal;
import aio.process.SubprocessProtocol;
import aio.process.SubprocessTransport;
import aio.transport.BaseTransport;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The loop's side of a child. Its state belongs to the thread of the loop; pumps and reaper only post to it. The
 * protocol is called after {@link #connect} only, and never after {@link #abandon}.
 */
final class ChildTransport implements SubprocessTransport, Resident, Ending.Mortal {
    private static final CoreLog LOG = CoreLog.LOOP;
    private static final int KILL = 9;

    /** How long a loop that ends waits for a child that was killed; the kernel needs a few milliseconds. */
    private static final long LAST_WAIT_MILLIS = 500;

    /** How long a watcher that is active may take to tell of an exit that the core knows. */
    private static final Duration WATCHER_PATIENCE = Duration.ofSeconds(2);

    private final ProcessLauncher launcher;
    private final Kernel kernel;
    private final ChildCalls calls;
    private final EventLoop loop;
    private final Process process;
    private final SignalSender signals;
    private final @Nullable InputPipe stdin;
    private final @Nullable OutputPipe stdout;
    private final @Nullable OutputPipe stderr;
    private final AtomicBoolean warnedOfClosedLoop = new AtomicBoolean(); // set by the first thread to find it closed
    private @Nullable SubprocessProtocol protocol;
    private int openPipes;
    private final Ending ending;
    private boolean loopEnds;
    private @Nullable Throwable endCause;
    private @Nullable Integer earlyExit;
    private @Nullable Handle overdue; // cancelled once the exit is told
    // Written by the loop, abandoned on any thread too; other threads read what they say and nothing else.
    private volatile boolean connected;
    private volatile @Nullable Integer returncode;
    private volatile boolean abandoned;

    ChildTransport(ProcessLauncher launcher, Kernel kernel, SubprocessProtocol protocol, Child child) {
        this.launcher = launcher;
        this.kernel = kernel;
        this.calls = new ChildCalls(kernel.calls(), this);
        this.ending = new Ending(this::schedule, this);
        this.loop = kernel.loop();
        this.protocol = protocol;
        this.process = child.process();
        this.signals = new SignalSender(launcher, process);
        stdin = child.stdin() == null ? null : new InputPipe(this, child.stdin());
        stdout = child.stdout() == null ? null : new OutputPipe(this, 1, child.stdout());
        stderr = child.stderr() == null ? null : new OutputPipe(this, 2, child.stderr());
        openPipes = (stdin == null ? 0 : 1) + (stdout == null ? 0 : 1) + (stderr == null ? 0 : 1);
    }

    // ---- for the start

    /** Starts the pumps; what they bring is delivered after what was scheduled on the loop before. */
    void startReading() {
        if (stdout != null) {
            stdout.startReading();
        }
        if (stderr != null) {
            stderr.startReading();
        }
    }

    /** Tells the protocol that the child has started. */
    void connect() {
        connected = true;
        try {
            tell(calls::made);
        } finally {
            if (earlyExit != null) {
                exited(earlyExit);
            }
        }
    }

    /** Kills a child that is no longer wanted. Any thread, instead of {@link #connect}. */
    void abandon() {
        abandoned = true;
        kernel.residents().release(this);
        abandonPipes();
        signals.killIfAlive();
    }

    private void abandonPipes() {
        if (stdin != null) {
            stdin.abandon();
        }
        if (stdout != null) {
            stdout.abandon();
        }
        if (stderr != null) {
            stderr.abandon();
        }
    }

    // ---- for reaper and pumps, any thread

    void exitReported(int code) {
        if (!post(() -> exited(code)) && stdin != null) {
            stdin.abandon(); // no other code closes it; the pumps that read end by themselves
        }
    }

    /** The child has ended, of which its watcher is to tell; if that does not, it is told here, for no exit is lost. */
    void exitExpected(int code, ChildWatcher watcher) {
        if (!post(() -> awaitWatcher(code, watcher)) && stdin != null) {
            stdin.abandon();
        }
    }

    private void awaitWatcher(int code, ChildWatcher watcher) {
        if (returncode == null && !ending.isLost()) {
            overdue = loop.callLater(WATCHER_PATIENCE, () -> {
                LOG.log(Level.WARNING, "process " + process.pid() + " ended " + WATCHER_PATIENCE.toSeconds()
                        + " s ago, and child watcher " + Text.of(watcher) + ", which says that it is active, has not"
                        + " told it: return code " + code + " is told without it; mend it, or set another one");
                exited(code);
            });
        }
    }

    /** Runs something on the loop; returns false if the loop is closed: then nothing is delivered any more. */
    boolean post(Runnable event) {
        try {
            loop.callSoonThreadsafe(event);
            return true;
        } catch (LoopClosedException e) {
            if (!isClosing() && warnedOfClosedLoop.compareAndSet(false, true)) {
                LOG.log(Level.WARNING, "loop \"" + loop.name() + "\" that handles process " + process.pid()
                        + " is closed: what the process still does is not reported; close its transport before the "
                        + "loop");
            }
            return false;
        }
    }

    void execute(String job, Channel pipe, Runnable work) {
        launcher.execute("aio-process-" + process.pid() + "-" + job, pipe, work);
    }

    boolean isLoopClosed() {
        return loop.isClosed();
    }

    // ---- events, on the loop

    void received(int fd, ByteBuffer data) {
        tell(to -> calls.received(to, fd, data));
    }

    void pauseWriting() {
        tell(calls::pauseWriting);
    }

    void resumeWriting() {
        tell(calls::resumeWriting);
    }

    void pipeLost(int fd, @Nullable Throwable cause) {
        openPipes--;
        try {
            tell(to -> calls.pipeLost(to, fd, cause));
        } finally {
            finishIfOver();
        }
    }

    private void exited(int code) {
        if (!connected) {
            earlyExit = code;
            return;
        }
        if (returncode != null || ending.isLost()) {
            return;
        }
        returncode = code;
        if (overdue != null) {
            overdue.cancel();
        }
        try {
            tell(calls::exited);
        } finally {
            if (stdin != null) {
                stdin.childEnded();
            }
            finishIfOver();
        }
    }

    private void finishIfOver() {
        if (!connected || returncode == null || openPipes > 0) {
            return;
        }
        if (loopEnds) {
            ending.loseNow(endCause);
        } else {
            ending.lose(null);
        }
    }

    @Override
    public void tellLost(@Nullable Throwable cause) {
        kernel.residents().release(this);
        tell(to -> calls.lost(to, cause));
    }

    @Override
    public void over() {
        protocol = null;
    }

    private void tell(Consumer<SubprocessProtocol> call) {
        SubprocessProtocol to = protocol;
        if (connected && to != null) {
            call.accept(to);
        }
    }

    void schedule(Runnable event) {
        try {
            loop.callSoonThreadsafe(event);
        } catch (LoopClosedException e) {
            LOG.log(Level.DEBUG, "process " + process.pid() + " is closed after its loop", e);
        }
    }

    // ---- when the user's bundle or the core stops

    @Override
    public Object user() {
        SubprocessProtocol user = protocol;
        return user == null ? this : user;
    }

    /** Kills the child; its protocol is told in the next turn, which is the last one of a loop that ends. */
    @Override
    public void end(@Nullable Throwable cause) {
        if (!connected) {
            abandon();
            return;
        }
        loopEnds = true;
        endCause = cause;
        close();
        schedule(this::endNow);
    }

    private void endNow() {
        if (returncode == null) {
            try {
                if (process.waitFor(LAST_WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
                    exited(ExitStatus.returncode(process.exitValue(), ExitStatus.bit(KILL)));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        ending.loseNow(endCause);
    }

    @Override
    public void loopClosed() {
        if (!connected) {
            abandon();
        }
    }

    // ---- for users

    @Override
    public long getPid() {
        return process.pid();
    }

    @Override
    public OptionalInt getReturncode() {
        Integer code = returncode;
        return code == null ? OptionalInt.empty() : OptionalInt.of(code);
    }

    @Override
    public @Nullable BaseTransport getPipeTransport(int fd) {
        return switch (fd) {
            case 0 -> stdin;
            case 1 -> stdout;
            case 2 -> stderr;
            default -> null;
        };
    }

    @Override
    public void writeStdin(ByteBuffer data) {
        if (stdin == null) {
            throw new IllegalStateException("standard input of process " + process.pid()
                    + " is not a pipe: start it with ChildStream.PIPE to write to it");
        }
        stdin.write(data);
    }

    @Override
    public void closeStdin() {
        if (stdin != null) {
            stdin.writeEof();
        }
    }

    @Override
    public void sendSignal(ProcessSignal signal) {
        Objects.requireNonNull(signal, "signal");
        Integer code = returncode;
        if (code == null && !process.isAlive()) {
            code = ExitStatus.returncode(process.exitValue(), 0);
        }
        if (code != null) {
            throw new ProcessGoneException("process " + process.pid() + " has ended with return code " + code
                    + ", so " + signal + " cannot be sent: signal only before processExited");
        }
        signals.send(signal);
    }

    @Override
    public void terminate() {
        sendSignal(ProcessSignal.TERM);
    }

    @Override
    public void kill() {
        sendSignal(ProcessSignal.KILL);
    }

    @Override
    public @Nullable Object getExtraInfo(String name) {
        return null;
    }

    @Override
    public boolean isClosing() {
        return abandoned || ending.hasBegun();
    }

    @Override
    public void close() {
        if (abandoned || !ending.close()) {
            return;
        }
        signals.killIfAlive();
        if (stdin != null) {
            stdin.abort();
        }
        if (stdout != null) {
            stdout.close();
        }
        if (stderr != null) {
            stderr.close();
        }
    }

    @Override
    public ResourceKind resource() {
        return ResourceKind.CHILD;
    }

    @Override
    public String toString() {
        Integer code = returncode;
        return "process " + process.pid() + (code == null ? " running" : " ended with return code " + code);
    }
}
