package aio.core.loop;

import aio.core.foreign.DriverCalls;
import aio.core.foreign.DriverCalls.Ability;
import aio.core.foreign.Text;
import aio.core.foreign.Tools;
import aio.core.kernel.Attachment.Kind;
import aio.core.kernel.CoreFuture;
import aio.core.kernel.CoreTask;
import aio.core.kernel.DriverSeat;
import aio.core.kernel.Kernel;
import aio.core.net.DatagramNetwork;
import aio.core.net.FileNetwork;
import aio.core.net.Names;
import aio.core.net.Network;
import aio.core.net.PipeNetwork;
import aio.core.net.RawNetwork;
import aio.core.net.UnixSockets;
import aio.core.signal.SignalTable;
import aio.core.thread.CoreWorkers;
import aio.core.time.Durations;
import aio.loop.ConnectionOptions;
import aio.loop.EventLoop;
import aio.loop.ExceptionContext;
import aio.loop.ExceptionHandler;
import aio.loop.Feature;
import aio.loop.Handle;
import aio.loop.LoopFuture;
import aio.loop.LoopInfo;
import aio.loop.LoopOptions;
import aio.loop.Server;
import aio.loop.ServerOptions;
import aio.loop.Task;
import aio.loop.TaskFactory;
import aio.loop.TimerHandle;
import aio.loop.UnixServerOptions;
import aio.process.Subprocess;
import aio.process.SubprocessOptions;
import aio.process.SubprocessProtocol;
import aio.protocol.StreamProtocol;
import aio.spi.IoDriverFactory;
import aio.transport.Connection;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The loop that users see: checks what they give, and leaves the work to the kernel and what stands on it. Outlives the
 * policy that made it: nothing here is of a policy bundle but the driver, which the kernel's seat exchanges.
 */
final class CoreLoop
        implements EventLoop,
                NamesOfLoop,
                TlsOfLoop,
                DatagramsOfLoop,
                RawSocketsOfLoop,
                FilesOfLoop,
                SignalsOfLoop,
                PipesOfLoop,
                BridgesOfLoop {
    private static final AtomicLong TASKS = new AtomicLong();

    private final String name;
    private final Loops loops;
    private final boolean following;
    private final boolean managed;
    private final Kernel kernel;
    private final Watches watches;
    private final DefaultExecutor executor;
    private final ViewTasks viewTasks = new ViewTasks();
    private final Names names;
    private final Network network;
    private final DatagramNetwork datagrams;
    private final RawNetwork rawSockets;
    private final FileNetwork files;
    private final PipeNetwork pipes;
    private final Set<Task<?>> tasks = ConcurrentHashMap.newKeySet();
    private volatile @Nullable TaskFactory taskFactory;

    CoreLoop(String name, Loops loops, @Nullable IoDriverFactory driver, LoopOptions options, boolean managed)
            throws IOException {
        this.name = name;
        this.loops = loops;
        this.following = options.following();
        this.managed = managed;
        this.kernel = new Kernel(this, Text.clean(name), driver); // a name stands in many messages
        this.watches = new Watches(kernel);
        this.executor = new DefaultExecutor(kernel);
        CoreWorkers workers = loops.workers();
        this.names = new Names(kernel, options.resolver(), new Background(kernel, workers.names())::run);
        this.network = new Network(kernel, names, workers.handshakes());
        this.datagrams = new DatagramNetwork(kernel, names);
        this.rawSockets = new RawNetwork(kernel, names);
        this.files = new FileNetwork(kernel, new Background(kernel, workers.files())::run);
        this.pipes = new PipeNetwork(kernel);
        kernel.calls().setDebug(debugByDefault());
    }

    private static boolean debugByDefault() {
        String environment = System.getenv("AIO_DEBUG");
        return !System.getProperty("aio.debug", environment == null ? "" : environment).isEmpty();
    }

    @Override
    public Kernel kernel() {
        return kernel;
    }

    @Override
    public SignalTable signals() {
        return loops.signals();
    }

    boolean isFollowing() {
        return following;
    }

    boolean isManaged() {
        return managed;
    }

    /** Refuses what one user of a shared loop must not do to the others. */
    private void checkNotManaged(String method) {
        if (managed) {
            throw new IllegalStateException(method + " is refused on loop \"" + name
                    + "\": it is managed and shared by others; make a loop of your own with EventLoops.newEventLoop(),"
                    + " or another managed one with a configuration of aio.loop");
        }
    }

    // ---- running

    @Override
    public void runForever() {
        checkNotManaged("runForever");
        kernel.runForever();
    }

    @Override
    public <T> @Nullable T runUntilComplete(CompletionStage<T> future) {
        Objects.requireNonNull(future, "future");
        checkNotManaged("runUntilComplete");
        kernel.checkClosed();
        LoopFuture<T> own = own(future);
        AtomicBoolean waiting = new AtomicBoolean(true);
        Consumer<LoopFuture<T>> stopper = done -> {
            if (waiting.get()) { // else it was scheduled by a run that an error has left since
                kernel.stop();
            }
        };
        own.addDoneCallback(stopper);
        try {
            kernel.runForever();
        } finally {
            waiting.set(false);
            own.removeDoneCallback(stopper);
        }
        if (!own.isDone()) {
            throw new IllegalStateException("Event loop stopped before Future completed: loop \"" + name + "\"");
        }
        return own.result();
    }

    private <T> LoopFuture<T> own(CompletionStage<T> stage) {
        if (stage instanceof LoopFuture<T> future) {
            if (future.getLoop() != this) {
                throw new IllegalArgumentException("the future belongs to another loop: that of loop \""
                        + future.getLoop().name() + "\" was given to loop \"" + name + "\"");
            }
            return future;
        }
        return wrapFuture(stage);
    }

    @Override
    public <T> @Nullable T runUntilComplete(Callable<? extends CompletionStage<T>> work) {
        checkNotManaged("runUntilComplete");
        return runUntilComplete(this.<T>createTask(work));
    }

    @Override
    public void stop() {
        checkNotManaged("stop");
        kernel.stop();
    }

    @Override
    public boolean isRunning() {
        return kernel.runner() != null;
    }

    @Override
    public boolean isClosed() {
        return kernel.isClosed();
    }

    @Override
    public void close() {
        checkNotManaged("close");
        closeNow();
    }

    /** Closes the loop, managed or not. */
    void closeNow() {
        try {
            kernel.close();
        } finally {
            if (kernel.isClosed()) { // else it runs
                forget();
            }
        }
    }

    private void forget() {
        try {
            signals().closed(kernel);
            viewTasks.close();
            executor.close();
        } finally {
            loops.closed(this);
        }
    }

    @Override
    public LoopFuture<Void> shutdownDefaultExecutor() {
        checkNotManaged("shutdownDefaultExecutor");
        return executor.shutdown(null);
    }

    @Override
    public LoopFuture<Void> shutdownDefaultExecutor(Duration timeout) {
        checkNotManaged("shutdownDefaultExecutor");
        return executor.shutdown(Objects.requireNonNull(timeout, "timeout"));
    }

    // ---- scheduling

    @Override
    public Handle callSoon(Runnable callback) {
        return kernel.callSoon(Objects.requireNonNull(callback, "callback"));
    }

    @Override
    public Handle callSoonThreadsafe(Runnable callback) {
        return kernel.callSoonThreadsafe(Objects.requireNonNull(callback, "callback"));
    }

    @Override
    public TimerHandle callLater(Duration delay, Runnable callback) {
        Objects.requireNonNull(delay, "delay");
        return kernel.callAt(Kernel.now() + Durations.nanos(delay), Objects.requireNonNull(callback, "callback"));
    }

    @Override
    public TimerHandle callAt(Duration when, Runnable callback) {
        Objects.requireNonNull(when, "when");
        return kernel.callAt(Durations.nanos(when), Objects.requireNonNull(callback, "callback"));
    }

    @Override
    public Duration time() {
        return Duration.ofNanos(Kernel.now());
    }

    // ---- futures and tasks

    @Override
    public <T> LoopFuture<T> createFuture() {
        return new CoreFuture<>(kernel);
    }

    @Override
    public <T> Task<T> createTask(Callable<? extends CompletionStage<T>> work) {
        return createTask(work, "Task-" + TASKS.incrementAndGet());
    }

    @Override
    public <T> Task<T> createTask(Callable<? extends CompletionStage<T>> work, String taskName) {
        Objects.requireNonNull(work, "work");
        kernel.checkClosed();
        TaskFactory factory = taskFactory;
        if (factory == null) {
            return newTask(work, taskName);
        }
        return Tools.task(factory, this, work, taskName);
    }

    @Override
    public <T> Task<T> newTask(Callable<? extends CompletionStage<T>> work, String taskName) {
        return new CoreTask<>(kernel, Objects.requireNonNull(work, "work"),
                Objects.requireNonNull(taskName, "name"), tasks);
    }

    @Override
    public void setTaskFactory(@Nullable TaskFactory factory) {
        checkNotManaged("setTaskFactory");
        taskFactory = factory;
    }

    @Override
    public @Nullable TaskFactory getTaskFactory() {
        return taskFactory;
    }

    @Override
    public Set<Task<?>> allTasks() {
        return Set.copyOf(tasks);
    }

    // ---- executors

    @Override
    public ViewTasks viewTasks() {
        return viewTasks;
    }

    @Override
    public <T> LoopFuture<T> runInExecutor(Callable<T> work) {
        return executor.run(work);
    }

    @Override
    public <T> LoopFuture<T> runInExecutor(Executor given, Callable<T> work) {
        return new Background(kernel, given).run(work);
    }

    @Override
    public void setDefaultExecutor(ExecutorService next) {
        checkNotManaged("setDefaultExecutor");
        executor.set(next);
    }

    // ---- networking

    @Override
    public Names names() {
        return names;
    }

    @Override
    public Network network() {
        return network;
    }

    @Override
    public <P extends StreamProtocol> LoopFuture<Connection<P>> createConnection(
            Supplier<P> protocolFactory, ConnectionOptions options) {
        return network.connect(protocolFactory, Objects.requireNonNull(options, "options"));
    }

    @Override
    public <P extends StreamProtocol> LoopFuture<Connection<P>> createUnixConnection(
            Supplier<P> protocolFactory, Path path) {
        return network.connectUnix(protocolFactory, path, null);
    }

    @Override
    public <P extends StreamProtocol> LoopFuture<Connection<P>> connectAcceptedSocket(
            Supplier<P> protocolFactory, SocketChannel channel) {
        return network.connectOver(protocolFactory, Objects.requireNonNull(channel, "channel"), null);
    }

    @Override
    public LoopFuture<Server> createServer(Supplier<? extends StreamProtocol> protocolFactory, ServerOptions options) {
        return network.listen(protocolFactory, Objects.requireNonNull(options, "options"));
    }

    @Override
    public LoopFuture<Server> createUnixServer(
            Supplier<? extends StreamProtocol> protocolFactory, UnixServerOptions options) {
        return network.listenUnix(protocolFactory, Objects.requireNonNull(options, "options"));
    }

    @Override
    public DatagramNetwork datagrams() {
        return datagrams;
    }

    @Override
    public RawNetwork rawSockets() {
        return rawSockets;
    }

    @Override
    public FileNetwork files() {
        return files;
    }

    @Override
    public PipeNetwork pipes() {
        return pipes;
    }

    // ---- descriptors

    @Override
    public void addReader(SelectableChannel channel, Runnable callback) {
        watch(channel, Objects.requireNonNull(callback, "callback"), true);
    }

    @Override
    public void addWriter(SelectableChannel channel, Runnable callback) {
        watch(channel, Objects.requireNonNull(callback, "callback"), false);
    }

    private void watch(SelectableChannel channel, Runnable callback, boolean reader) {
        kernel.channelUsed(reader ? "addReader" : "addWriter");
        watches.add(Objects.requireNonNull(channel, "channel"), callback, reader);
    }

    @Override
    public boolean removeReader(SelectableChannel channel) {
        kernel.channelUsed("removeReader");
        return watches.remove(Objects.requireNonNull(channel, "channel"), true);
    }

    @Override
    public boolean removeWriter(SelectableChannel channel) {
        kernel.channelUsed("removeWriter");
        return watches.remove(Objects.requireNonNull(channel, "channel"), false);
    }

    // ---- processes

    @Override
    public <P extends SubprocessProtocol> LoopFuture<Subprocess<P>> subprocessExec(
            Supplier<P> protocolFactory, List<String> command, SubprocessOptions options) {
        kernel.checkClosed();
        return loops.processes().exec(kernel, protocolFactory, command, Objects.requireNonNull(options, "options"));
    }

    @Override
    public <P extends SubprocessProtocol> LoopFuture<Subprocess<P>> subprocessShell(
            Supplier<P> protocolFactory, String command, SubprocessOptions options) {
        kernel.checkClosed();
        return loops.processes().shell(kernel, protocolFactory, command, Objects.requireNonNull(options, "options"));
    }

    // ---- errors

    @Override
    public void setExceptionHandler(@Nullable ExceptionHandler handler) {
        checkNotManaged("setExceptionHandler");
        kernel.setExceptionHandler(handler);
    }

    @Override
    public @Nullable ExceptionHandler getExceptionHandler() {
        return kernel.exceptionHandler();
    }

    @Override
    public void defaultExceptionHandler(ExceptionContext context) {
        kernel.logDefault(Objects.requireNonNull(context, "context"));
    }

    @Override
    public void callExceptionHandler(ExceptionContext context) {
        kernel.callExceptionHandler(Objects.requireNonNull(context, "context"));
    }

    // ---- debug

    @Override
    public boolean getDebug() {
        return kernel.calls().debug();
    }

    @Override
    public void setDebug(boolean enabled) {
        checkNotManaged("setDebug");
        kernel.calls().setDebug(enabled);
    }

    @Override
    public Duration getSlowCallbackDuration() {
        return Duration.ofNanos(kernel.calls().slowNanos());
    }

    @Override
    public void setSlowCallbackDuration(Duration duration) {
        checkNotManaged("setSlowCallbackDuration");
        kernel.calls().setSlowNanos(Durations.nanos(Objects.requireNonNull(duration, "duration")));
    }

    // ---- asking

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean supports(Feature feature) {
        return switch (feature) {
            case DATAGRAMS -> driverCan(Ability.DATAGRAMS);
            case DESCRIPTOR_WATCHING -> driverCan(Ability.DESCRIPTORS);
            case RAW_SOCKETS -> driverCan(Ability.RAW_SOCKETS);
            case SIGNALS -> signals().isSupported();
            case UNIX_SOCKETS -> UnixSockets.areSupported();
            case FILE_SENDING, PIPES, SUBPROCESSES, TLS -> true;
        };
    }

    /** A loop that is parked takes whatever may go on when a driver comes. */
    private boolean driverCan(Ability ability) {
        IoDriverFactory factory = kernel.seat().factory();
        return factory == null || DriverCalls.can(factory, ability);
    }

    @Override
    public LoopInfo info() {
        DriverSeat seat = kernel.seat();
        IoDriverFactory factory = seat.factory();
        Thread thread = kernel.runner();
        return new Snapshot(kernel.loopName(),
                isClosed() ? "closed" : thread != null ? "running" : "idle",
                thread == null ? "" : Text.clean(thread.getName()),
                seat.driverName(),
                factory == null ? "" : loops.origin().of(factory.getClass()),
                following,
                managed,
                seat.count(Kind.CONNECTION),
                seat.count(Kind.LISTENER),
                seat.count(Kind.DATAGRAM),
                seat.count(Kind.CONNECT),
                seat.count(Kind.WATCH),
                kernel.readyCount(),
                kernel.timerCount(),
                tasks.size(),
                kernel.turns(),
                seat.exchanges(),
                Duration.ofNanos(seat.longestPauseNanos()));
    }

    @Override
    public String toString() {
        return "<EventLoop \"" + name + "\" " + (isClosed() ? "closed" : isRunning() ? "running" : "idle") + ">";
    }
}
