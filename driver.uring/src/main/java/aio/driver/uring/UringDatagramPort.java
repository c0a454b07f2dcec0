package aio.driver.uring;

import aio.spi.DatagramEvents;
import aio.spi.DatagramPort;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;

/**
 * A datagram socket: the ring tells when, the channel receives and sends. It receives nothing ahead and keeps nothing
 * to send, so a release has nothing to hand over.
 */
final class UringDatagramPort extends UringPort implements DatagramPort {
    /** How many datagrams one dispatch takes from one socket: the other sockets wait meanwhile. */
    private static final int MAX_DATAGRAMS = 16;

    private final DatagramChannel channel;
    private final DatagramEvents events;
    private boolean receiving;
    private boolean readable;
    private boolean room;
    private boolean writable;

    UringDatagramPort(UringDriver driver, SelectionKey key, DatagramChannel channel, DatagramEvents events)
            throws IOException {
        super(driver, key);
        this.channel = channel;
        this.events = events;
    }

    @Override
    public void resumeReceiving() {
        receiving = true;
        prepareSoon();
        if (readable) {
            deliverSoon();
        }
    }

    @Override
    public void pauseReceiving() {
        receiving = false;
    }

    /** {@inheritDoc} The JDK does not tell whether an empty datagram was taken: it counts as taken. */
    @Override
    public boolean send(ByteBuffer data, SocketAddress target) throws IOException {
        boolean empty = !data.hasRemaining();
        if (channel.send(data, target) > 0 || empty) {
            return true;
        }
        room = true;
        prepareSoon();
        return false;
    }

    @Override
    void prepare(Ring ring) {
        if (receiving && !readable) {
            ask(ring, READABLE);
        }
        if (room && !writable) {
            ask(ring, WRITABLE);
        }
    }

    @Override
    void completed(int kind, int result, int flags) {
        if (result < 0) {
            prepareSoon();
            return;
        }
        if (kind == READABLE) {
            readable = true;
        } else {
            writable = room;
        }
        if (results() > 0) {
            deliverSoon();
        }
    }

    @Override
    int results() {
        return (receiving && readable ? 1 : 0) + (writable ? 1 : 0);
    }

    @Override
    void deliver() {
        if (receiving && readable) {
            readable = false;
            prepareSoon();
            receive();
        }
        if (writable && isLive()) {
            writable = false;
            room = false;
            events.writable();
        }
    }

    private void receive() {
        boolean more = true;
        for (int count = 0; more && count < MAX_DATAGRAMS && receiving && isLive(); count++) {
            ByteBuffer buffer = events.receiveBuffer();
            if (buffer == null) {
                // the datagrams are not wanted: asked again, every poll would return at once
                receiving = false;
                return;
            }
            more = receiveInto(buffer);
        }
    }

    /** Receives one datagram and delivers it. Returns true if there may be more and it may be received. */
    private boolean receiveInto(ByteBuffer buffer) {
        SocketAddress sender;
        try {
            sender = channel.receive(buffer);
        } catch (IOException e) {
            events.failed(e);
            return true; // a failure of an earlier datagram says nothing about the next one
        }
        return sender != null && events.received(buffer.flip(), sender);
    }

    @Override
    void handBack() {
        receiving = false;
        room = false;
        writable = false;
    }
}
