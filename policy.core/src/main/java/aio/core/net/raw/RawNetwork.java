package aio.core.net.raw;

import aio.core.kernel.Kernel;
import aio.core.kernel.ReceiveBuffer;
import aio.core.net.Channels;
import aio.core.net.FilePart;
import aio.core.net.Supported;
import aio.core.net.name.Addresses;
import aio.core.net.name.Names;
import aio.core.net.raw.RawOperation.Done;
import aio.core.net.raw.RawOperation.Step;
import aio.loop.Descriptors.Accepted;
import aio.loop.Descriptors.ReceivedDatagram;
import aio.loop.Descriptors.ReceivedInto;
import aio.loop.Feature;
import aio.loop.LoopFuture;
import aio.loop.SendfileOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The raw socket operations of a loop, see {@code Descriptors}. Any thread; the work is done on the loop's.
 */
public final class RawNetwork {
    private static final long LOOK_NANOS = 100_000_000; // no system tells that the user has closed a channel
    private static final int HEAP_WRITE_LIMIT = 128 * 1024; // the JDK copies heap buffers, whole, to direct ones

    private final Kernel kernel;
    private final Names names;
    private final Map<SelectableChannel, RawChannel> channels = new IdentityHashMap<>();
    private boolean looksForClosed;

    public RawNetwork(Kernel kernel, Names names) {
        this.kernel = kernel;
        this.names = names;
    }

    // ---- streams

    public LoopFuture<byte[]> recv(SocketChannel channel, int maxBytes) {
        checkCount(maxBytes);
        return submit(channel, true, () -> {
            ByteBuffer buffer = buffer(maxBytes);
            int count = channel.read(buffer);
            return count == 0 ? null : new Done<>(bytes(buffer.flip()));
        });
    }

    public LoopFuture<Integer> recvInto(SocketChannel channel, ByteBuffer buffer) {
        checkWritable(buffer);
        return submit(channel, true, () -> {
            boolean space = buffer.hasRemaining();
            int count = channel.read(buffer);
            return space && count == 0 ? null : new Done<>(Math.max(0, count));
        });
    }

    public LoopFuture<Void> sendall(SocketChannel channel, ByteBuffer data) {
        Objects.requireNonNull(data, "data");
        return submit(channel, false, () -> isSent(channel, data) ? new Done<>(null) : null);
    }

    public LoopFuture<Long> sendfile(SocketChannel channel, FileChannel file, SendfileOptions options) {
        FilePart part = new FilePart(Objects.requireNonNull(file, "file"), Objects.requireNonNull(options, "options"));
        return submit(channel, false, () -> {
            FilePart.Progress progress =
                    part.transferTo((from, position, count) -> from.transferTo(position, count, channel));
            return progress == FilePart.Progress.DONE ? new Done<>(part.sent()) : null;
        });
    }

    private static boolean isSent(SocketChannel channel, ByteBuffer data) throws IOException {
        int end = data.limit();
        try {
            boolean taken = true;
            while (taken && data.position() < end) {
                data.limit(Math.min(end, data.position() + HEAP_WRITE_LIMIT));
                channel.write(data);
                taken = !data.hasRemaining();
            }
        } finally {
            data.limit(end);
        }
        return !data.hasRemaining();
    }

    public LoopFuture<Void> connect(SocketChannel channel, SocketAddress address) {
        Objects.requireNonNull(address, "address");
        if (!(address instanceof InetSocketAddress inet) || !inet.isUnresolved()) {
            return submit(channel, false, () -> connected(channel, address));
        }
        RawOperation<Void> operation = begin(channel, () -> null);
        LoopFuture<List<InetSocketAddress>> found = names.find(List.of(inet.getHostString()), inet.getPort(), null);
        operation.addDoneCallback(done -> found.cancel()); // no effect if it was found
        found.addDoneCallback(done -> {
            if (done.isCancelled()) {
                operation.cancel();
            } else if (done.exception() != null) {
                operation.fail(done.exception());
            } else {
                SocketAddress resolved = Objects.requireNonNull(done.result()).get(0);
                follow(operation, channel, resolved);
            }
        });
        return operation;
    }

    /** Connects for an operation whose address had to be looked up first. */
    private void follow(RawOperation<Void> outer, SocketChannel channel, SocketAddress address) {
        RawOperation<Void> inner = new RawOperation<>(kernel, () -> connected(channel, address));
        outer.whenCancelled(inner::cancel);
        inner.addDoneCallback(done -> {
            if (done.isCancelled()) {
                outer.cancel();
            } else if (done.exception() != null) {
                outer.fail(done.exception());
            } else {
                outer.complete(null);
            }
        });
        if (outer.isDone()) {
            inner.cancel();
        } else {
            start(channel, false, inner);
        }
    }

    private static @Nullable Done<Void> connected(SocketChannel channel, SocketAddress address)
            throws IOException {
        try {
            boolean connected = channel.isConnectionPending() ? channel.finishConnect() : channel.connect(address);
            return connected ? new Done<>(null) : null;
        } catch (IOException e) {
            throw Addresses.connectFailed(address, e);
        }
    }

    public LoopFuture<Accepted> accept(ServerSocketChannel channel) {
        return submit(channel, true, () -> {
            SocketChannel accepted = channel.accept();
            if (accepted == null) {
                return null;
            }
            try {
                accepted.configureBlocking(false);
                return new Done<>(new Accepted(accepted, accepted.getRemoteAddress()));
            } catch (IOException e) {
                Channels.closeQuietly(accepted);
                throw e;
            }
        });
    }

    // ---- datagrams

    public LoopFuture<ReceivedDatagram> recvfrom(DatagramChannel channel, int maxBytes) {
        checkCount(maxBytes);
        return submit(channel, true, () -> {
            ByteBuffer buffer = buffer(maxBytes);
            SocketAddress sender = channel.receive(buffer);
            return sender == null ? null : new Done<>(new ReceivedDatagram(bytes(buffer.flip()), sender));
        });
    }

    public LoopFuture<ReceivedInto> recvfromInto(DatagramChannel channel, ByteBuffer buffer, int maxBytes) {
        checkWritable(buffer);
        if (maxBytes < 0 || maxBytes > buffer.remaining()) {
            throw new IllegalArgumentException("nbytes is greater than the length of the buffer: " + maxBytes
                    + " bytes were asked for, the buffer has space for " + buffer.remaining());
        }
        return submit(channel, true, () -> {
            ByteBuffer part = buffer.duplicate().limit(buffer.position() + maxBytes);
            SocketAddress sender = channel.receive(part);
            if (sender == null) {
                return null;
            }
            int count = part.position() - buffer.position();
            buffer.position(part.position());
            return new Done<>(new ReceivedInto(count, sender));
        });
    }

    public LoopFuture<Integer> sendto(DatagramChannel channel, ByteBuffer data, SocketAddress address) {
        Objects.requireNonNull(data, "data");
        Objects.requireNonNull(address, "address");
        return submit(channel, false, () -> {
            boolean empty = !data.hasRemaining();
            int count = channel.send(data, address);
            return count > 0 || empty ? new Done<>(count) : null;
        });
    }

    // ---- shared

    private static void checkCount(int maxBytes) {
        if (maxBytes < 1) {
            throw new IllegalArgumentException("cannot receive " + maxBytes + " bytes: expected 1 at least");
        }
    }

    private static void checkWritable(ByteBuffer buffer) {
        if (buffer.isReadOnly()) {
            throw new IllegalArgumentException("cannot receive into a read-only buffer");
        }
    }

    private ByteBuffer buffer(int maxBytes) {
        ReceiveBuffer shared = kernel.receiveBuffer();
        ByteBuffer buffer = shared.cleared();
        return buffer.limit(Math.min(maxBytes, buffer.capacity()));
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private <T> RawOperation<T> submit(SelectableChannel channel, boolean reading, Step<T> step) {
        RawOperation<T> operation = begin(channel, step);
        kernel.execute(() -> start(channel, reading, operation));
        return operation;
    }

    private <T> RawOperation<T> begin(SelectableChannel channel, Step<T> step) {
        Objects.requireNonNull(channel, "channel");
        kernel.checkClosed();
        Supported.check(kernel, Feature.RAW_SOCKETS);
        if (channel.isBlocking()) {
            throw new IllegalArgumentException("the socket must be non-blocking: call configureBlocking(false) on "
                    + channel + " before");
        }
        return new RawOperation<>(kernel, step);
    }

    /** Tries at once, unless other operations wait; lets the operation wait if that was too early. */
    private void start(SelectableChannel channel, boolean reading, RawOperation<?> operation) {
        kernel.ioHappened();
        RawChannel waiting = channels.get(channel);
        if (waiting == null && kernel.seat().owns(channel)) {
            operation.fail(new IllegalStateException("channel " + channel
                    + " is watched, or used by a transport or server"
                    + " of loop \"" + kernel.loopName() + "\": raw operations on it would take what those wait for"));
            return;
        }
        boolean first = waiting == null || !waiting.waits(reading);
        if (first && operation.attempt(() -> {})) {
            return;
        }
        if (waiting == null) {
            waiting = new RawChannel(kernel, channel, () -> channels.remove(channel));
            try {
                kernel.seat().attach(waiting);
            } catch (IOException | RuntimeException e) {
                operation.fail(e);
                return;
            }
            channels.put(channel, waiting);
            lookForClosed();
        }
        waiting.add(operation, reading);
    }

    /** Looks, as long as operations wait, for channels that the user has closed, and ends their operations. */
    private void lookForClosed() {
        if (looksForClosed || channels.isEmpty()) {
            return;
        }
        looksForClosed = true;
        kernel.callAt(kernel.now() + LOOK_NANOS, () -> {
            looksForClosed = false;
            List.copyOf(channels.values()).forEach(RawChannel::endIfClosed);
            lookForClosed();
        });
    }
}
