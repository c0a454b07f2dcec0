package aio.core.net.datagram;

import aio.core.foreign.DatagramCalls;
import aio.core.foreign.PortCalls;
import aio.core.kernel.Kernel;
import aio.core.net.Channels;
import aio.core.net.datagram.DatagramQueue.Datagram;
import aio.core.net.name.Addresses;
import aio.core.transport.Ending.Life;
import aio.core.transport.Ending;
import aio.core.transport.FlowControl;
import aio.core.transport.Served;
import aio.core.transport.Waiting;
import aio.spi.DatagramEvents;
import aio.spi.DatagramPort;
import aio.spi.DriverFeature;
import aio.spi.IoDriver;
import aio.transport.DatagramProtocol;
import aio.transport.DatagramTransport;
import aio.transport.WriteTransport.WriteBufferLimits;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.UnsupportedAddressTypeException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A datagram endpoint: datagrams that the port does not take at once wait whole in a queue, in their order. {@link
 * Life} tells how it ends; I/O errors do not end it. Loop thread.
 */
final class EndpointTransport extends Served<DatagramPort>
        implements DatagramTransport, DatagramEvents, FlowControl.Writing, Ending.Mortal {
    private static final DatagramProtocol GONE = new DatagramProtocol() {};

    private final DatagramChannel channel;
    private final @Nullable SocketAddress remote;
    private final boolean connected;
    private final DatagramQueue queue = new DatagramQueue();
    private final DatagramQueue unread = new DatagramQueue();
    private final FlowControl flow;
    private DatagramProtocol protocol;
    private final Ending ending;
    private Waiting waiting = Waiting.NOTHING;
    private boolean receivingStarted;

    /**
     * Makes the transport of a non-blocking channel.
     *
     * @param remote the only address to send to; null for any
     */
    EndpointTransport(Kernel kernel, DatagramChannel channel, @Nullable SocketAddress remote,
            DatagramProtocol protocol) {
        super(kernel);
        this.channel = channel;
        this.remote = remote;
        this.connected = channel.isConnected();
        this.flow = new FlowControl(this);
        this.ending = new Ending(kernel, this);
        this.protocol = protocol;
    }

    /** Tells the protocol, starts to receive, and then calls {@code whenStarted}. */
    void start(Runnable whenStarted) {
        try {
            DatagramCalls.made(kernel.calls(), protocol, this);
        } finally {
            if (ending.receives()) {
                receivingStarted = true;
                applyReceiving();
            }
            whenStarted.run();
        }
    }

    // ---- attachment

    @Override
    public Kind kind() {
        return Kind.DATAGRAM;
    }

    @Override
    public SelectableChannel channel() {
        return channel;
    }

    @Override
    public Object user() {
        return protocol;
    }

    @Override
    public void end(@Nullable Throwable cause) {
        forceClose(cause);
    }

    @Override
    protected DriverFeature needs() {
        return DriverFeature.DATAGRAMS;
    }

    @Override
    protected DatagramPort serve(IoDriver driver) throws IOException {
        return driver.adopt(channel, this);
    }

    @Override
    protected void restore(DatagramPort fresh) {
        if (wantsReceiving()) {
            fresh.resumeReceiving();
        }
    }

    @Override
    protected void carried() {
        if (waiting != Waiting.NOTHING) {
            kernel.callSoon(this::writable); // resumeWriting is the user's code: not during the exchange
        }
    }

    // ---- receiving

    private boolean mayDeliver() {
        return receivingStarted && ending.receives();
    }

    /** The port is not to read while datagrams of an earlier port wait. */
    private boolean wantsReceiving() {
        return mayDeliver() && unread.isEmpty();
    }

    private void applyReceiving() {
        DatagramPort present = port();
        if (present == null) {
            return;
        }
        kernel.ioHappened();
        PortCalls.receive(present, wantsReceiving(), this);
    }

    @Override
    public @Nullable ByteBuffer receiveBuffer() {
        return wantsReceiving() ? kernel.receiveBuffer().cleared() : null;
    }

    @Override
    public boolean received(ByteBuffer data, SocketAddress sender) {
        if (mayDeliver()) {
            DatagramCalls.received(kernel.calls(), protocol, data, sender, this);
        }
        return mayDeliver();
    }

    @Override
    public void unread(ByteBuffer data, SocketAddress sender) {
        if (!ending.receives() || kernel.isClosed()) {
            return; // nothing receives any more
        }
        if (unread.isEmpty()) {
            kernel.callSoon(this::deliverUnread);
        }
        try {
            unread.add(data, sender);
        } catch (OutOfMemoryError e) { // not the driver's fault
            failed(new IOException("there was no memory for a datagram that the driver has handed back", e));
        }
        applyReceiving();
    }

    private void deliverUnread() {
        try {
            for (Datagram next = unread.poll(); next != null; next = unread.poll()) {
                received(next.data(), next.address());
            }
        } finally { // the user's code may leave the loop
            if (!unread.isEmpty()) {
                kernel.callSoon(this::deliverUnread);
            } else if (isAttached()) {
                applyReceiving();
            }
        }
    }

    @Override
    public void failed(IOException cause) {
        boolean open = !kernel.isClosed(); // else a driver hands back what nothing will take
        if (open && kernel.seat().isReleasing()) {
            kernel.callSoon(() -> failed(cause)); // no code of the user may run here
        } else if (open && mayDeliver()) {
            error(PortCalls.cause(cause));
        }
    }

    private void error(IOException cause) {
        DatagramCalls.error(kernel.calls(), protocol, cause, this);
    }

    // ---- sending

    @Override
    public void sendTo(ByteBuffer data, @Nullable SocketAddress address) {
        kernel.channelUsed("sendTo");
        SocketAddress target = targetOf(address);
        if (!ending.dropsWrite() && (!queue.isEmpty() || !isDone(data, target))) {
            queue.add(data, target);
            waiting = Waiting.ROOM;
            flow.grown(queue.size());
        }
        data.position(data.limit());
    }

    private SocketAddress targetOf(@Nullable SocketAddress address) {
        if (remote != null && address != null && !address.equals(remote)) {
            throw new IllegalArgumentException("Invalid address: " + Addresses.text(address) + "; must be null or "
                    + Addresses.text(remote) + ", the remote address of " + this);
        }
        SocketAddress target = remote != null ? remote : address;
        if (target == null) {
            throw new IllegalArgumentException("Invalid address: null; " + this
                    + " has no remote address, so every datagram needs one");
        }
        return target;
    }

    /** Lets the port send; returns whether nothing is left to do, because the datagram was taken or cannot be sent. */
    private boolean isDone(ByteBuffer data, SocketAddress target) {
        DatagramPort present = port();
        if (present == null) {
            return false;
        }
        try {
            checkSendable(data, target);
            return PortCalls.send(present, data, target, this);
        } catch (IOException e) {
            error(e);
        } catch (UnsupportedAddressTypeException e) {
            SocketException failure = new SocketException(
                    Addresses.text(target) + " is of another address family than " + this);
            failure.initCause(e);
            error(failure);
        }
        return true;
    }

    private void checkSendable(ByteBuffer data, SocketAddress target) throws IOException {
        if (target instanceof InetSocketAddress inet && inet.isUnresolved()) {
            throw new UnknownHostException("host \"" + inet.getHostString() + "\" is not resolved: look it up before");
        }
        if (connected && !data.hasRemaining()) {
            throw new SocketException("an empty datagram was not sent to " + Addresses.text(target)
                    + ": the JVM sends none on a connected socket; use an endpoint without a remote address");
        }
    }

    @Override
    public void writable() {
        kernel.ioHappened();
        boolean through = false;
        try {
            sendQueued();
            waiting = queue.isEmpty() ? Waiting.NOTHING : Waiting.ROOM;
            flow.shrunk(queue.size());
            through = true;
        } finally {
            if (!through) { // the user's code has left the loop: the port tells only of what it has refused
                kernel.callSoon(this::writable);
            }
        }
        if (queue.isEmpty() && ending.is(Life.CLOSING)) {
            ending.lose(null);
        }
    }

    private void sendQueued() {
        Datagram next = queue.poll();
        while (next != null && isDone(next.data(), next.address())) {
            next = queue.poll();
        }
        if (next != null) {
            queue.giveBack(next);
        }
    }

    @Override
    public long getWriteBufferSize() {
        return queue.size();
    }

    @Override
    public void pauseWriter() {
        DatagramCalls.pauseWriting(kernel.calls(), protocol, this);
    }

    @Override
    public void resumeWriter() {
        DatagramCalls.resumeWriting(kernel.calls(), protocol, this);
    }

    @Override
    public WriteBufferLimits getWriteBufferLimits() {
        return flow.limits();
    }

    @Override
    public void setWriteBufferLimits(long low, long high) {
        flow.setLimits(low, high);
        flow.grown(queue.size());
    }

    // ---- ending

    @Override
    public boolean isClosing() {
        return ending.hasBegun();
    }

    @Override
    public void close() {
        kernel.channelUsed("close");
        if (!ending.close()) {
            return;
        }
        applyReceiving();
        if (queue.isEmpty()) {
            ending.lose(null);
        }
    }

    @Override
    public void abort() {
        kernel.channelUsed("abort");
        forceClose(null);
    }

    private void forceClose(@Nullable Throwable cause) {
        if (ending.lose(cause)) {
            queue.clear();
            waiting = Waiting.NOTHING;
            if (isAttached()) {
                applyReceiving();
            }
        }
    }

    @Override
    public void tellLost(@Nullable Throwable cause) {
        DatagramCalls.lost(kernel.calls(), protocol, cause, this);
    }

    @Override
    public void over() {
        leaveDriver();
        protocol = GONE;
        unread.clear();
        Channels.closeQuietly(channel);
    }

    // ---- the rest

    @Override
    public DatagramProtocol getProtocol() {
        return protocol;
    }

    @Override
    public void setProtocol(DatagramProtocol next) {
        protocol = Objects.requireNonNull(next, "protocol");
    }

    @Override
    public @Nullable Object getExtraInfo(String name) {
        return switch (name) {
            case PEERNAME -> connected ? remote : null;
            case SOCKNAME -> sockname();
            case SOCKET -> channel;
            default -> null;
        };
    }

    /** Asked for each time: an endpoint without a local address is bound when it first sends. */
    private @Nullable SocketAddress sockname() {
        try {
            return channel.getLocalAddress();
        } catch (IOException e) {
            return null; // closed
        }
    }

    @Override
    public String toString() {
        return "<DatagramTransport " + sockname() + (remote == null ? "" : " -> " + remote)
                + (ending.hasBegun() ? " closing" : "") + " of loop \"" + kernel.loopName() + "\">";
    }
}
