package aio.core.process;

import aio.loop.EventLoop;
import aio.loop.ExceptionContext;
import aio.loop.LoopClosedException;
import aio.process.ProcessGoneException;
import aio.process.SubprocessProtocol;
import aio.process.SubprocessTransport;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The loop's side of a child. Its state belongs to the thread of the loop; the pumps and the reaper only post to it. The
 * protocol hears nothing before {@link #connect}, and never anything after {@link #abandon}.
 */
final class ChildTransport implements SubprocessTransport {
    private static final Logger LOG = System.getLogger(ChildTransport.class.getName());
    private static final int STDIN = 0;
    private static final int STDOUT = 1;
    private static final int STDERR = 2;
    private static final int TERM = 15;
    private static final int KILL = 9;

    /** As for streams: a few writes into nothing are a race that nobody could avoid, more are a mistake. */
    private static final int SILENTLY_IGNORED_WRITES = 4;

    private final ProcessLauncher launcher;
    private final EventLoop loop;
    private final Process process;
    private final InputPump input;
    private final SignalSender signals;
    private final AtomicBoolean warnedOfClosedLoop = new AtomicBoolean();
    private final boolean[] open = {true, true, true};
    private @Nullable SubprocessProtocol protocol;
    private boolean connected;
    private boolean inputEnded;
    private boolean finished;
    private int ignoredWrites;
    private @Nullable Integer earlyExit;
    private volatile @Nullable Integer returncode;
    private volatile boolean closing;

    ChildTransport(ProcessLauncher launcher, EventLoop loop, SubprocessProtocol protocol, Process process) {
        this.launcher = launcher;
        this.loop = loop;
        this.protocol = protocol;
        this.process = process;
        this.input = new InputPump(this, process.getOutputStream());
        this.signals = new SignalSender(launcher, process);
    }

    // ---- for those who start it

    /** Starts the pumps; what they bring is delivered behind what was scheduled on the loop before. */
    void startReading() {
        execute("stdout", new OutputPump(this, STDOUT, process.getInputStream()));
        execute("stderr", new OutputPump(this, STDERR, process.getErrorStream()));
    }

    /** Tells the protocol that the child is there. */
    void connect() {
        connected = true;
        try {
            tell("connectionMade", to -> to.connectionMade(this));
        } finally {
            if (earlyExit != null) {
                exited(earlyExit);
            }
        }
    }

    /** Kills a child that nobody waits for. Any thread, instead of {@link #connect}. */
    void abandon() {
        closing = true;
        input.abandon();
        signals.killIfAlive();
    }

    // ---- for reaper and pumps, any thread

    void exitReported(int code) {
        post(() -> exited(code));
    }

    /** Runs something on the loop; false if the loop is closed, and then nothing will ever be delivered again. */
    boolean post(Runnable event) {
        try {
            loop.callSoonThreadsafe(event);
            return true;
        } catch (LoopClosedException e) {
            if (!closing && warnedOfClosedLoop.compareAndSet(false, true)) {
                LOG.log(Level.WARNING, "loop \"" + loop.name() + "\" that handles process " + process.pid()
                        + " is closed: what the process still does is not reported; close its transport before the loop");
            }
            return false;
        }
    }

    void execute(String job, Runnable work) {
        launcher.execute("aio-process-" + process.pid() + "-" + job, work);
    }

    boolean isLoopClosed() {
        return loop.isClosed();
    }

    // ---- events, on the loop

    void received(int fd, ByteBuffer data) {
        if (open[fd] && !closing) {
            tell("pipeDataReceived", to -> to.pipeDataReceived(fd, data));
        }
    }

    void lost(int fd, @Nullable Throwable cause) {
        if (!open[fd]) {
            return;
        }
        open[fd] = false;
        try {
            tell("pipeConnectionLost", to -> to.pipeConnectionLost(fd, cause));
        } finally {
            finishIfOver();
        }
    }

    private void exited(int code) {
        if (!connected) {
            earlyExit = code;
            return;
        }
        if (returncode != null) {
            return;
        }
        returncode = code;
        try {
            tell("processExited", SubprocessProtocol::processExited);
        } finally {
            // only the pump knows whether the child took everything
            input.finish();
            finishIfOver();
        }
    }

    private void finishIfOver() {
        if (finished || !connected || returncode == null || open[STDIN] || open[STDOUT] || open[STDERR]) {
            return;
        }
        finished = true;
        closing = true;
        schedule(() -> {
            try {
                tell("connectionLost", to -> to.connectionLost(null));
            } finally {
                protocol = null;
            }
        });
    }

    private void tell(String event, Consumer<SubprocessProtocol> call) {
        SubprocessProtocol to = protocol;
        if (!connected || to == null) {
            return;
        }
        try {
            call.accept(to);
        } catch (Exception e) {
            loop.callExceptionHandler(ExceptionContext.of(
                            "Exception in " + event + " of a subprocess protocol, process " + process.pid(), e)
                    .with("protocol", to)
                    .with("transport", this));
        }
    }

    private void schedule(Runnable event) {
        try {
            loop.callSoon(event);
        } catch (LoopClosedException e) {
            LOG.log(Level.DEBUG, "process " + process.pid() + " is closed behind its loop", e);
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
    public void writeStdin(ByteBuffer data) {
        if (inputEnded) {
            throw new IllegalStateException("standard input of process " + process.pid()
                    + " was closed by closeStdin: write before closing it");
        }
        byte[] copy = new byte[data.remaining()];
        data.get(copy);
        if (open[STDIN] && !closing && returncode == null) {
            input.write(copy);
        } else if (++ignoredWrites > SILENTLY_IGNORED_WRITES) {
            LOG.log(Level.WARNING, ignoredWrites + " writes to standard input of process " + process.pid()
                    + " were ignored, for the pipe is lost: stop writing at pipeConnectionLost(0)");
        }
    }

    @Override
    public void closeStdin() {
        if (!inputEnded) {
            inputEnded = true;
            input.finish();
        }
    }

    @Override
    public void sendSignal(int signal) {
        Integer code = returncode;
        if (code == null && !process.isAlive()) {
            code = ExitStatus.returncode(process.exitValue(), 0);
        }
        if (code != null) {
            throw new ProcessGoneException("process " + process.pid() + " has ended with return code " + code
                    + ", so signal " + signal + " cannot be sent: signal only before processExited");
        }
        signals.send(signal);
    }

    @Override
    public void terminate() {
        sendSignal(TERM);
    }

    @Override
    public void kill() {
        sendSignal(KILL);
    }

    @Override
    public @Nullable Object getExtraInfo(String name) {
        return null;
    }

    @Override
    public boolean isClosing() {
        return closing;
    }

    @Override
    public void close() {
        if (closing) {
            return;
        }
        closing = true;
        input.abandon();
        signals.killIfAlive();
        schedule(() -> {
            lost(STDIN, null);
            lost(STDOUT, null);
            lost(STDERR, null);
        });
    }

    @Override
    public String toString() {
        Integer code = returncode;
        return "process " + process.pid() + (code == null ? " running" : " ended with return code " + code);
    }
}
