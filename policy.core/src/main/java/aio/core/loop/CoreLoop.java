package aio.core.loop;

import aio.core.foreign.DriverCalls;
import aio.core.foreign.Text;
import aio.core.kernel.Attachment.Kind;
import aio.core.kernel.DriverSeat;
import aio.core.kernel.Kernel;
import aio.core.kernel.Wants;
import aio.core.net.FileNetwork;
import aio.core.net.Network;
import aio.core.net.UnixSockets;
import aio.core.net.datagram.DatagramNetwork;
import aio.core.net.name.Names;
import aio.core.net.pipe.PipeNetwork;
import aio.core.net.raw.RawNetwork;
import aio.core.signal.SignalTable;
import aio.core.statistics.Statistics;
import aio.core.thread.CoreWorkers;
import aio.loop.BundleId;
import aio.loop.EventLoop;
import aio.loop.Feature;
import aio.loop.LoopInfo;
import aio.loop.LoopOptions;
import aio.loop.LoopState;
import aio.loop.LoopStatistics;
import aio.spi.DriverFeature;
import aio.spi.IoDriverFactory;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The loop that users see: checks their arguments, and leaves the work to the kernel and the layers above it. It
 * outlives the policy that made it: only the driver is of a policy bundle, and the kernel's seat exchanges that.
 */
final class CoreLoop
        implements EventLoop,
                RunningOfLoop,
                SchedulingOfLoop,
                NetworkingOfLoop,
                DescriptorsOfLoop,
                ProcessesOfLoop,
                DiagnosticsOfLoop {
    private final String name;
    private final Loops loops;
    private final boolean following;
    private final boolean managed;
    private final Optional<BundleId> maker;
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
    private final LoopTasks tasks;

    CoreLoop(String name, Loops loops, @Nullable IoDriverFactory driver, LoopOptions options, boolean managed,
            @Nullable BundleId maker) throws IOException {
        this.name = name;
        this.loops = loops;
        this.following = options.following();
        this.managed = managed;
        this.maker = Optional.ofNullable(maker);
        Wants wants = loops.wants();
        this.kernel = new Kernel(
                this, Text.clean(name), driver, wants, following, /* placed= */ !managed, options.clock());
        this.tasks = new LoopTasks(this, kernel);
        this.watches = new Watches(kernel);
        this.executor = new DefaultExecutor(kernel);
        CoreWorkers workers = loops.workers();
        Executor lookUps = options.resolver() == null ? workers.names() : workers.resolvers();
        this.names = new Names(kernel, options.resolver(), new Background(kernel, lookUps)::run,
                new Background(kernel, workers.names())::run);
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

    @Override
    public ChildStarter children() {
        return loops.children();
    }

    @Override
    public LoopTasks tasks() {
        return tasks;
    }

    @Override
    public DefaultExecutor executor() {
        return executor;
    }

    @Override
    public ViewTasks viewTasks() {
        return viewTasks;
    }

    @Override
    public Watches watches() {
        return watches;
    }

    @Override
    public Names names() {
        return names;
    }

    @Override
    public Network network() {
        return network;
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

    boolean isFollowing() {
        return following;
    }

    boolean isManaged() {
        return managed;
    }

    boolean isMadeBy(long bundle) {
        return maker.isPresent() && maker.get().id() == bundle;
    }

    /** Refuses what one user of a shared loop must not do to the other users. */
    @Override
    public void checkNotManaged(String method) {
        if (managed) {
            throw new IllegalStateException(method + " is refused on loop \"" + name
                    + "\": it is managed and shared by others; make a loop of your own with EventLoops.newEventLoop(),"
                    + " or another managed one with a configuration of aio.loop");
        }
    }

    // ---- ending

    @Override
    public void closeNow() {
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

    // ---- asking

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean supports(Feature feature) {
        return switch (feature) {
            case DATAGRAMS -> kernel.seat().serves(DriverFeature.DATAGRAMS);
            case DESCRIPTOR_WATCHING -> kernel.seat().serves(DriverFeature.DESCRIPTOR_WATCHING);
            case RAW_SOCKETS -> kernel.seat().serves(DriverFeature.RAW_SOCKETS);
            case SIGNALS -> signals().isSupported();
            case UNIX_SOCKETS -> UnixSockets.areSupported();
            case FILE_SENDING, PIPES, SUBPROCESSES, TLS -> true;
        };
    }

    @Override
    public LoopInfo info() {
        DriverSeat seat = kernel.seat();
        IoDriverFactory factory = seat.factory();
        Thread thread = kernel.runner();
        return new Snapshot(kernel.loopName(),
                state(thread),
                Optional.ofNullable(thread).map(runner -> Text.clean(runner.getName())),
                maker,
                Optional.ofNullable(factory).map(DriverCalls::nameOf),
                Optional.ofNullable(factory).flatMap(present -> loops.origin().bundle(present.getClass())),
                following,
                managed,
                seat.count(Kind.CONNECTION),
                seat.count(Kind.LISTENER),
                seat.count(Kind.DATAGRAM),
                seat.count(Kind.CONNECT),
                seat.count(Kind.WATCH),
                kernel.readyCount(),
                kernel.timerCount(),
                tasks.count(),
                kernel.turns(),
                kernel.migration().exchanges(),
                Duration.ofNanos(kernel.migration().longestPauseNanos()));
    }

    @Override
    public LoopStatistics statistics() {
        return Statistics.of(kernel.loopName(), kernel.meter(), kernel.turns());
    }

    private LoopState state(@Nullable Thread runner) {
        return isClosed() ? LoopState.CLOSED : runner != null ? LoopState.RUNNING : LoopState.IDLE;
    }

    @Override
    public String toString() {
        return "<EventLoop \"" + name + "\" " + state(kernel.runner()) + ">";
    }
}
