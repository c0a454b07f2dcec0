package aio.core.process;

import aio.core.foreign.CoreLog;
import aio.core.foreign.Wall;
import aio.core.kernel.Kernel;
import aio.core.thread.CoreExecutor;
import aio.core.thread.Starts;
import aio.loop.LoopFuture;
import aio.policy.ChildWatcher;
import aio.process.ChildProcess;
import aio.process.SubprocessOptions;
import aio.process.SubprocessProtocol;
import java.lang.System.Logger.Level;
import java.nio.channels.Channel;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Starts children for loops; what blocks (starting, reading, writing) runs on threads that all loops share and that end
 * when there is nothing to do. Any thread.
 */
public final class ProcessLauncher implements AutoCloseable {
    private static final CoreLog LOG = CoreLog.LOOP;
    private static final long IDLE_NANOS = 2_000_000_000;

    private final SharedReaper reaper;
    private final ChildPipes pipes;
    private final Set<Channel> busyPipes = ConcurrentHashMap.newKeySet();
    private final CoreExecutor threads = new CoreExecutor("aio-process-thread", Integer.MAX_VALUE, IDLE_NANOS);

    public ProcessLauncher(SharedReaper reaper) {
        this(reaper, new ChildPipes());
    }

    ProcessLauncher(SharedReaper reaper, ChildPipes pipes) {
        this.reaper = Objects.requireNonNull(reaper, "reaper");
        this.pipes = pipes;
    }

    /**
     * Starts a program. The factory is called and everything is delivered on the thread of the loop; if the factory
     * fails, nothing is started.
     *
     * @param watcher reports the exit; null for the shared reaper
     * @throws IllegalArgumentException if the command is null or empty, or contains what no program can be given
     * @throws aio.loop.LoopClosedException if the loop is closed
     */
    public <P extends SubprocessProtocol> LoopFuture<ChildProcess<P>> start(
            Kernel kernel,
            Supplier<P> factory,
            @Nullable List<String> command,
            SubprocessOptions options,
            @Nullable ChildWatcher watcher) {
        Objects.requireNonNull(factory, "protocolFactory");
        return new ProcessStart<>(this, kernel, factory, Programs.checked(command), options, watcher).begin();
    }

    /** Starts a command line of the system's shell, see {@link #start}. */
    public <P extends SubprocessProtocol> LoopFuture<ChildProcess<P>> shell(
            Kernel kernel,
            Supplier<P> factory,
            @Nullable String commandLine,
            SubprocessOptions options,
            @Nullable ChildWatcher watcher) {
        Objects.requireNonNull(factory, "protocolFactory");
        return new ProcessStart<>(this, kernel, factory, Programs.ofShell(commandLine), options, watcher).begin();
    }

    /**
     * Kills the remaining children and closes their pipes, so that all threads end. To be called when all loops have
     * ended. Idempotent.
     */
    @Override
    public void close() {
        step(reaper::killOwned);
        busyPipes.forEach(pipe -> step(() -> Pumps.closeFromOutside(pipe)));
        step(pipes::close);
        threads.shutdown();
    }

    private static void step(Wall.Step step) {
        Wall.run(LOG, Level.WARNING, "a step of ending the children failed, the others follow", step);
    }

    SharedReaper reaper() {
        return reaper;
    }

    ChildPipes pipes() {
        return pipes;
    }

    /** Runs something that may block in a pipe; {@link #close} wakes it. */
    void execute(String name, Channel pipe, Runnable work) {
        busyPipes.add(pipe);
        execute(name, () -> {
            try {
                work.run();
            } finally {
                busyPipes.remove(pipe);
            }
        });
    }

    /** Runs something that may block. */
    void execute(String name, Runnable work) {
        Runnable named = () -> {
            Thread.currentThread().setName(name);
            work.run();
        };
        try {
            threads.execute(named);
        } catch (RejectedExecutionException e) {
            // closed, but what is still alive must come to its end
            Starts.begin(name, work);
        }
    }
}
