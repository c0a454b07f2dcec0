package aio.core.net;

import aio.core.foreign.CoreLog;
import aio.core.foreign.Failing;
import aio.core.foreign.PortCalls;
import aio.core.foreign.StreamCalls;
import aio.core.foreign.UntrustedException;
import aio.core.kernel.Attachment;
import aio.core.kernel.Kernel;
import aio.core.kernel.Layer;
import aio.core.statistics.Count;
import aio.core.transport.Ending;
import aio.core.transport.Ending.Life;
import aio.core.transport.FlowControl;
import aio.loop.ExceptionContext;
import aio.spi.IoDriver;
import aio.spi.StreamEvents;
import aio.spi.StreamPort;
import aio.transport.StreamProtocol;
import aio.transport.StreamTransport;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A stream connection: the driver's events become calls of the protocol, the protocol's writes go to the port.
 * {@link Receiver} receives, {@link Sender} sends, {@link Life} tells how it ends. Loop thread.
 */
final class SocketTransport extends Attachment
        implements Connection, StreamTransport, StreamEvents, FlowControl.Writing, Ending.Mortal, Failing {
    private static final CoreLog LOG = CoreLog.LOOP;
    private static final StreamProtocol GONE = new StreamProtocol() {};

    private final Kernel kernel;
    private final Receiver receiver;
    private final Sender sender;
    private final Ending ending;
    private final SocketChannel channel;
    private final Account account;
    private final Runnable whenLost;
    private StreamProtocol protocol;
    private @Nullable StreamPort port;
    private @Nullable LastReads lastReads;

    /** Makes the transport of a connected, non-blocking channel; {@code whenLost} is called when it is over. */
    SocketTransport(Kernel kernel, SocketChannel channel, StreamProtocol protocol, Runnable whenLost) {
        this.kernel = kernel;
        this.channel = channel;
        this.whenLost = whenLost;
        this.account = new Account(this, channel);
        this.protocol = protocol;
        this.ending = new Ending(kernel, this);
        this.sender = new Sender(kernel, this);
        this.receiver = new Receiver(kernel, this);
        receiver.protocolIs(protocol);
    }

    /** Tells the protocol, starts to read, and then calls {@code whenStarted}. */
    void start(Runnable whenStarted) {
        try {
            StreamCalls.made(kernel.calls(), protocol, this);
        } finally {
            if (ending.receives()) {
                receiver.start();
            }
            whenStarted.run();
        }
    }

    Ending ending() {
        return ending;
    }

    Sender sender() {
        return sender;
    }

    /** Tells whether it is a transport of a loop. Any thread. */
    boolean belongsTo(Kernel other) {
        return kernel == other;
    }

    @Override
    public Account account() {
        return account;
    }

    // ---- attachment

    @Override
    public Kind kind() {
        return Kind.CONNECTION;
    }

    @Override
    public SocketChannel channel() {
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
        StreamPort adopted = kernel.seat().checked(driver.adopt(channel, this));
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
        sender.portChanged();
    }

    @Override
    protected void notGivenBack(Throwable cause) {
        end(new UntrustedException("the driver did not give the connection back: bytes may be missing", cause));
    }

    void leaveDriver() {
        kernel.seat().detach(this);
        port = null;
    }

    @Override
    public void loopClosed() {
        Channels.closeQuietly(channel);
    }

    // ---- receiving

    @Override
    public @Nullable ByteBuffer receiveBuffer() {
        return receiver.receiveBuffer();
    }

    @Override
    public boolean filled(ByteBuffer buffer, int count) {
        return receiver.filled(buffer, count);
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
        if (ending.is(Life.OPEN)) { // else it means nothing: a broken connection reads as if it were at its end
            receiver.endOfStream();
        }
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

    /** Returns what reads instead of the driver, or null. */
    @Nullable LastReads lastReads() {
        return lastReads;
    }

    // ---- sending

    @Override
    public void write(ByteBuffer data) {
        kernel.channelUsed("write");
        sender.write(data);
        sender.grown();
    }

    @Override
    public void writelines(Iterable<ByteBuffer> data) {
        kernel.channelUsed("writelines");
        sender.writeAll(data);
    }

    @Override
    public void writable() {
        sender.writable();
    }

    @Override
    public void unwritten(ByteBuffer bytes) {
        sender.unwritten(bytes);
    }

    /** All is sent. */
    void flushed() {
        if (ending.is(Life.CLOSING) && sender.isDone()) {
            ending.lose(null);
        }
    }

    /** Gives the connection to a file, after what waits, until {@link #fileSent}. */
    void sendFile(NativeSend file) {
        receiver.hold(true);
        sender.sendFile(file);
    }

    void fileSent(NativeSend file) {
        if (sender.fileSent(file)) {
            receiver.hold(false);
            sender.afterFile();
        }
    }

    @Override
    public boolean canWriteEof() {
        return true;
    }

    @Override
    public void writeEof() {
        kernel.channelUsed("writeEof");
        if (!ending.hasBegun()) {
            sender.writeEof();
        }
    }

    @Override
    public long getWriteBufferSize() {
        return sender.size();
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
        return sender.flow().limits();
    }

    @Override
    public void setWriteBufferLimits(long low, long high) {
        sender.flow().setLimits(low, high);
        sender.grown();
    }

    // ---- ending

    @Override
    public boolean isClosing() {
        return ending.hasBegun() || protocol instanceof Layer layer && layer.isClosing();
    }

    @Override
    public void close() {
        kernel.channelUsed("close");
        if (lastReads != null) {
            lastReads.end();
        } else if (ending.close()) {
            receiver.apply();
            if (sender.isDone()) {
                ending.lose(null);
            }
        }
    }

    @Override
    public void abort() {
        kernel.channelUsed("abort");
        forceClose(null);
    }

    @Override
    public void failed(IOException cause) {
        if (isAttached() && lastReads == null) { // what was received before comes first
            broken(PortCalls.cause(cause), "Fatal error on socket transport");
        }
    }

    /** Nothing can be sent any more; the user gets what was received before the loss is told. */
    void broken(IOException cause, String message) {
        LOG.log(Level.DEBUG, message + ": " + this, cause);
        if (!ending.is(Life.OPEN) || receiver.isAtEnd()) {
            forceClose(cause);
            return;
        }
        ending.breaks();
        LastReads reads = new LastReads(kernel, this, receiver, channel, cause);
        lastReads = reads;
        reads.begin();
        sender.drop(cause);
        receiver.hold(false);
    }

    /** Ends the connection at once, because its protocol has failed. */
    @Override
    public void fatal(Throwable cause, String message) {
        try {
            if (cause instanceof IOException) {
                LOG.log(Level.DEBUG, message + ": " + this, cause);
            } else {
                kernel.report(ExceptionContext.of(message, cause)
                        .with("transport", this)
                        .with("protocol", protocol));
            }
        } finally {
            forceClose(cause);
        }
    }

    private void forceClose(@Nullable Throwable cause) {
        if (lastReads != null) {
            lastReads.end(); // it knows the cause
        } else if (ending.lose(cause)) {
            receiver.apply();
            sender.drop(cause);
        }
    }

    @Override
    public void tellLost(@Nullable Throwable cause) {
        kernel.meter().count(cause == null ? Count.ENDED : Count.LOST);
        StreamCalls.lost(kernel.calls(), protocol, cause, this);
    }

    @Override
    public void over() {
        leaveDriver();
        kernel.residents().release(this);
        protocol = GONE;
        receiver.protocolIs(GONE);
        receiver.forget();
        Channels.closeQuietly(channel);
        whenLost.run();
    }

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
            case PEERNAME -> account.peer();
            case SOCKNAME -> account.local();
            case SOCKET -> channel;
            default -> null;
        };
    }

    @Override
    public String toString() {
        return "<StreamTransport " + account.local() + " -> " + account.peer() + (ending.hasBegun() ? " closing" : "")
                + " of loop \"" + kernel.loopName() + "\">";
    }
}
