package aio.testkit.net;

import aio.spi.DatagramEvents;
import aio.spi.DatagramPort;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A datagram socket in the hands of a {@link ScriptedDriver}: what is sent is recorded, and sent nowhere. */
public final class ScriptedDatagram implements DatagramPort {
    private final ScriptedDriver driver;
    private final DatagramChannel channel;
    private final DatagramEvents events;
    private final List<String> sent = new ArrayList<>();
    private final ArrayDeque<String> undelivered = new ArrayDeque<>();
    private int room = Integer.MAX_VALUE;
    private boolean receiving;
    private boolean released;
    private @Nullable SocketAddress undeliveredSender;
    private @Nullable IOException sendFailure;
    private @Nullable RuntimeException sendFault;

    ScriptedDatagram(ScriptedDriver driver, DatagramChannel channel, DatagramEvents events) {
        this.driver = driver;
        this.channel = channel;
        this.events = events;
    }

    /** Returns the channel that the loop owns. */
    public DatagramChannel channel() {
        return channel;
    }

    /** Lets a datagram arrive. */
    public void receive(String text, SocketAddress sender) {
        driver.post(() -> {
            if (isReceiving()) {
                events.received(ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)), sender);
            }
        });
    }

    /** Lets a datagram arrive that is not delivered, but handed back when the loop takes the channel. */
    public synchronized void keepUndelivered(String text, SocketAddress sender) {
        undelivered.add(text);
        undeliveredSender = sender;
    }

    /** Lets receiving fail. */
    public void fail(IOException cause) {
        driver.post(() -> {
            if (!isReleased()) {
                events.failed(cause);
            }
        });
    }

    /** Takes a number of datagrams from now on, and no more. */
    public synchronized void room(int count) {
        room = count;
    }

    /** Takes a number of further datagrams, and says so. */
    public void writable(int count) {
        driver.post(() -> {
            room(count);
            events.writable();
        });
    }

    /** Lets the next send fail. */
    public synchronized void failSend(IOException failure) {
        sendFailure = failure;
    }

    /** Lets the next send fail with an exception that is not one of I/O. */
    public synchronized void failSend(RuntimeException fault) {
        sendFault = fault;
    }

    /** Returns what was sent so far. */
    public synchronized List<String> sent() {
        return List.copyOf(sent);
    }

    /** Tells whether the loop wants datagrams. */
    public synchronized boolean isReceiving() {
        return receiving && !released;
    }

    /** Tells whether the loop has taken the channel back. */
    public synchronized boolean isReleased() {
        return released;
    }

    @Override
    public synchronized boolean send(ByteBuffer data, SocketAddress target) throws IOException {
        IOException failure = sendFailure;
        RuntimeException fault = sendFault;
        sendFailure = null;
        sendFault = null;
        if (failure != null) {
            throw failure;
        }
        if (fault != null) {
            throw fault;
        }
        if (room == 0) {
            return false;
        }
        room--;
        sent.add(StandardCharsets.ISO_8859_1.decode(data).toString());
        return true;
    }

    @Override
    public synchronized void resumeReceiving() {
        receiving = true;
    }

    @Override
    public synchronized void pauseReceiving() {
        receiving = false;
    }

    @Override
    public synchronized void release() {
        released = true;
        SocketAddress sender = undeliveredSender;
        while (sender != null && !undelivered.isEmpty()) {
            events.unread(ByteBuffer.wrap(undelivered.remove().getBytes(StandardCharsets.ISO_8859_1)), sender);
        }
    }
}
