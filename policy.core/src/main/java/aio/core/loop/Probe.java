package aio.core.loop;

import aio.core.foreign.DriverCalls;
import aio.core.foreign.Text;
import aio.core.kernel.Shortage;
import aio.core.thread.CoreThreads;
import aio.spi.ConnectEvents;
import aio.spi.IoDriver;
import aio.spi.IoDriverFactory;
import aio.spi.ListenerEvents;
import aio.spi.ListenerPort;
import aio.spi.StreamEvents;
import aio.spi.StreamPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets a driver carry one byte over a loopback connection before it serves live loops: a driver that fails is refused
 * while nothing depends on it, and the loops do not wait while its classes are loaded. On a thread of its own, since a
 * driver may hang.
 */
final class Probe implements StreamEvents, ListenerEvents, ConnectEvents {
    private static final int MAX_POLLS = 200;
    private static final long POLL_NANOS = 5_000_000;
    private static final long LOOK_NANOS = 20_000_000;

    private final ByteBuffer buffer = ByteBuffer.allocate(16);
    private final IoDriver driver;
    private @Nullable SocketChannel accepted;
    private @Nullable StreamPort acceptedPort;
    private @Nullable IOException failure;
    private boolean connected;
    private boolean arrived;

    private Probe(IoDriver driver) {
        this.driver = driver;
    }

    /**
     * Returns what is wrong with a driver, or null if it works.
     *
     * @param late called, on any thread, when a driver passes that was not finished in time
     * @throws Shortage if the result says nothing, because the process has too little of something
     */
    static @Nullable String problemOf(IoDriverFactory factory, long maxWaitNanos, Runnable late) throws Shortage {
        String name = "aio-probe-" + DriverCalls.nameOf(factory);
        try {
            CompletableFuture<Void> result = CompletableFuture.runAsync(
                    () -> run(factory), work -> CoreThreads.newThread(name, work).start());
            if (isDone(result, maxWaitNanos)) {
                return null;
            }
            result.thenRun(late);
            return "it did not carry a byte over a loopback connection within " + maxWaitNanos / 1_000_000
                    + " ms; when it has done so, the policy is tried again";
        } catch (ExecutionException e) {
            return whatFailed(Objects.requireNonNullElse(e.getCause(), e));
        } catch (OutOfMemoryError noThread) {
            return whatFailed(noThread);
        }
    }

    private static String whatFailed(Throwable failure) throws Shortage {
        Shortage shortage = Shortage.behind(failure);
        if (shortage != null) {
            throw shortage;
        }
        return Text.of(failure);
    }

    /**
     * Waits for the end. Only time in which this process ran counts: a driver is not to blame if the process was
     * stopped for a while or the machine slept.
     */
    private static boolean isDone(CompletableFuture<?> result, long maxWaitNanos) throws ExecutionException {
        boolean interrupted = false;
        long left = maxWaitNanos;
        try {
            while (true) {
                long start = System.nanoTime();
                try {
                    result.get(Math.min(Math.max(0, left), LOOK_NANOS), TimeUnit.NANOSECONDS);
                    return true;
                } catch (InterruptedException e) {
                    interrupted = true; // the wait is short, and the result counts for all callers
                } catch (TimeoutException e) {
                    left -= Math.min(System.nanoTime() - start, 2 * LOOK_NANOS);
                    if (left <= 0 && !result.isDone()) {
                        return false;
                    }
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void run(IoDriverFactory factory) {
        try {
            IoDriver driver = factory.open(() -> "probe");
            try {
                DriverCalls.toldFeatures(factory);
                new Probe(driver).carryOneByte();
            } finally {
                driver.close();
            }
        } catch (IOException e) {
            throw new IllegalStateException("the probe of driver " + DriverCalls.textOf(factory) + " failed: "
                    + Text.of(e), e);
        }
    }

    private void carryOneByte() throws IOException {
        try (ServerSocketChannel listening = ServerSocketChannel.open(); SocketChannel client = SocketChannel.open()) {
            listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
            listening.configureBlocking(false);
            client.configureBlocking(false);
            ListenerPort listener = driver.adopt(listening, this);
            listener.resumeAccepting();
            if (!client.connect(listening.getLocalAddress())) {
                var connecting = driver.connect(client, this);
                until(() -> connected);
                connecting.release();
            }
            StreamPort clientPort = driver.adopt(client, this);
            clientPort.write(ByteBuffer.wrap(new byte[] {42}));
            until(() -> arrived);
            clientPort.release();
            listener.release();
        } finally {
            if (accepted != null) {
                if (acceptedPort != null) {
                    acceptedPort.release();
                }
                accepted.close();
            }
        }
    }

    private void until(BooleanSupplier done) throws IOException {
        for (int polls = 0; polls < MAX_POLLS && !done.getAsBoolean(); polls++) {
            driver.poll(POLL_NANOS);
            driver.dispatch();
            if (failure != null) {
                throw failure;
            }
        }
        if (!done.getAsBoolean()) {
            throw new IOException("a loopback connection made no progress in " + MAX_POLLS + " polls");
        }
    }

    @Override
    public void accepted(SocketChannel channel) {
        try {
            channel.configureBlocking(false);
            accepted = channel;
            acceptedPort = driver.adopt(channel, this);
            acceptedPort.resumeReading();
        } catch (IOException e) {
            failure = e;
        }
    }

    @Override
    public void connected() {
        connected = true;
    }

    @Override
    public ByteBuffer receiveBuffer() {
        return buffer.clear();
    }

    @Override
    public boolean filled(ByteBuffer received, int count) {
        arrived = true;
        return false;
    }

    @Override
    public boolean received(ByteBuffer bytes) {
        bytes.position(bytes.limit());
        arrived = true;
        return false;
    }

    @Override
    public void unread(ByteBuffer bytes) {
        failure = new IOException("a driver handed back what it had delivered");
    }

    @Override
    public void unwritten(ByteBuffer bytes) {
        failure = new IOException("a driver handed back a byte that had arrived");
    }

    @Override
    public void endOfStream() {
        failure = new IOException("a loopback connection ended early");
    }

    @Override
    public void writable() {
        // one byte never has to wait
    }

    @Override
    public void failed(IOException cause) {
        failure = cause;
    }
}
