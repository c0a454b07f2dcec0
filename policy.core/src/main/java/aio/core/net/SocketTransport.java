package aio.core.net;

import aio.core.foreign.Failing;
import aio.core.foreign.FailureLog;
import aio.core.foreign.StreamCalls;
import aio.core.kernel.Attachment;
import aio.core.kernel.Kernel;
import aio.core.kernel.Layer;
import aio.loop.ExceptionContext;
import aio.protocol.StreamProtocol;
import aio.spi.IoDriver;
import aio.spi.StreamEvents;
import aio.spi.StreamPort;
import aio.transport.StreamTransport;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A stream connection: the driver's events become calls of the protocol, the protocol's writes go to the port at once
 * and, as far as it does not take them, to the queue. Loop thread.
 *
 * <p>The life of it, as in asyncio: open; closing (no more is received, the queue is flushed); lost (one call of
 * {@code connectionLost} is scheduled); over.
 */
final class SocketTransport extends Attachment implements StreamTransport, StreamEvents, FlowControl.Writing, Failing {
    private static final Logger LOG = System.getLogger("aio.loop");
    private static final int LOST_WRITES_BEFORE_LOG = 5; // asyncio's LOG_THRESHOLD_FOR_CONNLOST_WRITES
    private static final int HEAP_WRITE_LIMIT = 128 * 1024; // the JDK copies heap buffers, whole, to direct ones

    private static final StreamProtocol GONE = new StreamProtocol() {};

    private final Kernel kernel;
    private final Receiver receiver;
    private StreamProtocol protocol;
    private @Nullable StreamPort port;
    private @Nullable WriteQueue queue; // most connections never have to wait
    private @Nullable NativeSend file;
    private final FlowControl flow;
    private final SocketChannel channel;
    private final @Nullable SocketAddress peername;
    private final @Nullable SocketAddress sockname;
    private final Runnable whenLost;
    private boolean eofWanted;
    private boolean eofSent;
    private volatile boolean closing;
    private int lostWrites;

    /**
     * Makes the transport of a connected, non-blocking channel.
     *
     * @param whenLost told when the connection is over
     */
    SocketTransport(Kernel kernel, SocketChannel channel, StreamProtocol protocol, Runnable whenLost) {
        this.kernel = kernel;
        this.channel = channel;
        this.whenLost = whenLost;
        this.flow = new FlowControl(kernel, this);
        this.peername = Addresses.peerOf(channel);
        this.sockname = Addresses.localOf(channel);
        this.protocol = protocol;
        this.receiver = new Receiver(kernel, this);
        receiver.protocolIs(protocol);
    }

    /** Tells the protocol, starts to read, and then tells the one who waits. */
    void start(Runnable whenStarted) {
        try {
            StreamCalls.made(kernel.calls(), protocol, this);
        } finally {
            if (!closing) {
                receiver.start();
            }
            whenStarted.run();
        }
    }

    // ---- attachment

    /** Tells whether nothing more is received; a layer may receive longer than its user. */
    boolean isShut() {
        return closing;
    }

    /** Tells whether it is a transport of that loop. Any thread. */
    boolean belongsTo(Kernel other) {
        return kernel == other;
    }

    @Override
    public Kind kind() {
        return Kind.CONNECTION;
    }

    @Override
    public SelectableChannel channel() {
        return channel;
    }

    @Override
    public Object user() {
        return protocol instanceof Layer layer ? layer.user() : protocol;
    }

    @Override
    public void end(@Nullable Throwable cause) {
        forceClose(cause);
    }

    @Override
    protected void adopt(IoDriver driver) throws IOException {
        StreamPort adopted = driver.adopt(channel, this);
        if (receiver.wantsReading()) {
            adopted.resumeReading();
        }
        port = adopted;
    }

    @Override
    protected @Nullable StreamPort port() {
        return port;
    }

    @Override
    protected void carried() {
        if (isWaiting() || file != null) {
            kernel.callSoon(this::writable); // resumeWriting is the user's code: not inside the exchange
        }
    }

    @Override
    protected void lost(Throwable cause) {
        forceClose(cause);
    }

    // ---- receiving: the work is the receiver's

    @Override
    public @Nullable ByteBuffer receiveBuffer() {
        return receiver.receiveBuffer();
    }

    @Override
    public boolean received(ByteBuffer buffer, int count) {
        return receiver.received(buffer, count);
    }

    @Override
    public boolean received(ByteBuffer bytes) {
        return receiver.received(bytes);
    }

    @Override
    public void unread(ByteBuffer bytes) {
        receiver.unread(bytes);
    }

    @Override
    public void endOfStream() {
        receiver.endOfStream();
    }

    @Override
    public boolean isReading() {
        return receiver.isReading();
    }

    @Override
    public void pauseReading() {
        kernel.channelUsed("pauseReading");
        receiver.pause();
    }

    @Override
    public void resumeReading() {
        kernel.channelUsed("resumeReading");
        receiver.resume();
    }

    // ---- sending

    @Override
    public void write(ByteBuffer data) {
        kernel.channelUsed("write");
        if (mayWrite(data.hasRemaining())) {
            send(data);
            grown();
        }
        data.position(data.limit());
    }

    @Override
    public void writelines(Iterable<ByteBuffer> data) {
        kernel.channelUsed("writelines");
        for (ByteBuffer each : data) {
            if (mayWrite(each.hasRemaining())) {
                send(each);
            }
            each.position(each.limit());
        }
        grown();
    }

    private void grown() {
        int waiting = getWriteBufferSize();
        if (waiting > 0) { // nearly never
            flow.grown(waiting);
        }
    }

    private boolean mayWrite(boolean something) {
        if (eofWanted) {
            throw new IllegalStateException("cannot write after writeEof() on " + this);
        }
        if (file != null) {
            throw new IllegalStateException("unable to write; sendfile is in progress on " + this);
        }
        if (!something) {
            return false;
        }
        if (lostWrites > 0) {
            if (lostWrites >= LOST_WRITES_BEFORE_LOG) {
                LOG.log(Level.WARNING, "socket.send() raised exception. The protocol goes on writing to " + this
                        + ", whose connection is lost: stop when connectionLost is called");
            }
            lostWrites++;
            return false;
        }
        return true;
    }

    /** Gives the bytes to the port, and what it does not take to the queue. */
    private void send(ByteBuffer data) {
        StreamPort present = port;
        if (!isWaiting() && present != null) {
            try {
                writeTo(present, data);
            } catch (IOException e) {
                fatal(e, "Fatal write error on socket transport");
                return;
            }
        }
        if (data.hasRemaining()) {
            queue().add(data);
        }
    }

    private boolean isWaiting() {
        WriteQueue waiting = queue;
        return waiting != null && !waiting.isEmpty();
    }

    private WriteQueue queue() {
        WriteQueue present = queue;
        if (present == null) {
            present = new WriteQueue();
            queue = present;
        }
        return present;
    }

    private static void writeTo(StreamPort port, ByteBuffer data) throws IOException {
        if (data.isDirect() || data.remaining() <= HEAP_WRITE_LIMIT) {
            port.write(data);
            return;
        }
        int end = data.limit();
        try {
            boolean taken = true;
            while (taken && data.position() < end) {
                data.limit(Math.min(end, data.position() + HEAP_WRITE_LIMIT));
                port.write(data);
                taken = !data.hasRemaining();
            }
        } finally {
            data.limit(end);
        }
    }

    @Override
    public void writable() {
        StreamPort present = port;
        if (present == null) {
            return;
        }
        kernel.ioHappened();
        WriteQueue waiting = queue;
        try {
            if (waiting != null) {
                waiting.writeTo(present);
            }
        } catch (IOException e) {
            queue = null;
            fatal(e, "Fatal write error on socket transport");
            return;
        }
        flow.shrunk(getWriteBufferSize());
        if (getWriteBufferSize() == 0) {
            flushed();
        }
    }

    // ---- sending files

    boolean isSendingFile() {
        return file != null;
    }

    boolean mayWriteMore() {
        return !eofWanted;
    }

    /** Lets a file have the connection until {@link #fileSent}, behind what waits. */
    void sendFile(NativeSend next) {
        file = next;
        receiver.hold(true);
        if (getWriteBufferSize() == 0) {
            writable();
        }
    }

    void fileSent(NativeSend ended) {
        if (file == ended) {
            file = null;
            receiver.hold(false);
            if (getWriteBufferSize() == 0) {
                flushed();
            }
        }
    }

    @Override
    public void unwritten(ByteBuffer bytes) {
        if (isAttached() && lostWrites == 0) {
            queue().giveBack(bytes);
            eofSent = false; // it would have gone behind them
        }
    }

    private void flushed() {
        NativeSend sending = file;
        StreamPort present = port;
        if (sending != null && present != null) {
            sending.advance(present);
        } else if (closing) {
            if (lostWrites == 0) {
                loseSoon(null);
            }
        } else if (eofWanted) {
            sendEof();
        }
    }

    @Override
    public boolean canWriteEof() {
        return true;
    }

    @Override
    public void writeEof() {
        kernel.channelUsed("writeEof");
        if (closing || eofWanted) {
            return;
        }
        eofWanted = true;
        if (!isWaiting() && file == null) {
            sendEof();
        }
    }

    private void sendEof() {
        StreamPort present = port;
        if (present == null || eofSent) {
            return;
        }
        eofSent = true;
        try {
            present.shutdownOutput();
        } catch (IOException e) {
            fatal(e, "Fatal error when shutting down the output of a socket transport");
        }
    }

    @Override
    public int getWriteBufferSize() {
        StreamPort present = port;
        WriteQueue waiting = queue;
        return (waiting == null ? 0 : waiting.size()) + (present == null ? 0 : present.unwritten());
    }

    @Override
    public void pauseWriter() {
        StreamCalls.pauseWriting(kernel.calls(), protocol, this);
    }

    @Override
    public void resumeWriter() {
        StreamCalls.resumeWriting(kernel.calls(), protocol, this);
    }

    @Override
    public WriteBufferLimits getWriteBufferLimits() {
        return flow.limits();
    }

    @Override
    public void setWriteBufferLimits(int high, int low) {
        flow.setLimits(high, low);
        grown();
    }

    // ---- ending

    @Override
    public boolean isClosing() {
        return closing || protocol instanceof Layer layer && layer.isClosing();
    }

    @Override
    public void close() {
        kernel.channelUsed("close");
        if (closing) {
            return;
        }
        closing = true;
        receiver.apply();
        if (getWriteBufferSize() == 0 && file == null) {
            loseSoon(null);
        }
    }

    @Override
    public void abort() {
        kernel.channelUsed("abort");
        forceClose(null);
    }

    @Override
    public void failed(IOException cause) {
        if (isAttached()) {
            fatal(cause, "Fatal error on socket transport");
        }
    }

    /** Ends the connection; only failures that are not of I/O are reported to the exception handler. */
    @Override
    public void fatal(Throwable cause, String message) {
        try {
            if (cause instanceof IOException) {
                FailureLog.log(LOG, Level.DEBUG, message + ": " + this, cause);
            } else {
                kernel.callExceptionHandler(ExceptionContext.of(message, cause)
                        .with("transport", this)
                        .with("protocol", protocol));
            }
        } finally {
            forceClose(cause);
        }
    }

    private void forceClose(@Nullable Throwable cause) {
        if (lostWrites > 0) {
            return;
        }
        queue = null;
        if (!closing) {
            closing = true;
            receiver.apply();
        }
        loseSoon(cause);
    }

    private void loseSoon(@Nullable Throwable cause) {
        lostWrites++;
        NativeSend sending = file;
        if (sending != null) {
            file = null;
            sending.lost(cause);
        }
        kernel.callSoon(() -> over(cause));
    }

    private void over(@Nullable Throwable cause) {
        try {
            StreamCalls.lost(kernel.calls(), protocol, cause, this);
        } finally {
            kernel.seat().detach(this);
            port = null;
            protocol = GONE;
            receiver.protocolIs(GONE);
            receiver.forget();
            closeChannel();
            whenLost.run();
        }
    }

    private void closeChannel() {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "closing " + this + " failed", e);
        }
    }

    // ---- the rest

    @Override
    public StreamProtocol getProtocol() {
        return protocol;
    }

    @Override
    public void setProtocol(StreamProtocol next) {
        protocol = Objects.requireNonNull(next, "protocol");
        receiver.protocolIs(next);
    }

    @Override
    public @Nullable Object getExtraInfo(String name) {
        return switch (name) {
            case PEERNAME -> peername;
            case SOCKNAME -> sockname;
            case SOCKET -> channel;
            default -> null;
        };
    }

    @Override
    public String toString() {
        return "<StreamTransport " + sockname + " -> " + peername + (closing ? " closing" : "") + " of loop \""
                + kernel.loopName() + "\">";
    }
}
