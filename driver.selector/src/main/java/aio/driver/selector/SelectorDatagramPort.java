package aio.driver.selector;

import aio.spi.DatagramEvents;
import aio.spi.DatagramPort;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;

/** A datagram socket. Receives nothing ahead and keeps nothing to send, so a release has nothing to hand over. */
final class SelectorDatagramPort extends SelectorPort implements DatagramPort {
    /** How many datagrams one dispatch takes from one socket: the other sockets wait meanwhile. */
    private static final int MAX_DATAGRAMS = 16;

    private final DatagramChannel channel;
    private final DatagramEvents events;

    SelectorDatagramPort(SelectionKey key, DatagramChannel channel, DatagramEvents events) {
        super(key);
        this.channel = channel;
        this.events = events;
    }

    @Override
    public void resumeReceiving() {
        want(SelectionKey.OP_READ);
    }

    @Override
    public void pauseReceiving() {
        drop(SelectionKey.OP_READ);
    }

    /** {@inheritDoc} The JDK does not tell whether an empty datagram was taken: it counts as taken. */
    @Override
    public boolean send(ByteBuffer data, SocketAddress target) throws IOException {
        boolean empty = !data.hasRemaining();
        if (channel.send(data, target) > 0 || empty) {
            return true;
        }
        want(SelectionKey.OP_WRITE);
        return false;
    }

    @Override
    void deliver(int operations) {
        if ((operations & SelectionKey.OP_READ) != 0) {
            receive();
        }
        if ((operations & SelectionKey.OP_WRITE) != 0 && wants(SelectionKey.OP_WRITE)) {
            drop(SelectionKey.OP_WRITE);
            events.writable();
        }
    }

    private void receive() {
        boolean more = true;
        for (int count = 0; more && count < MAX_DATAGRAMS && wants(SelectionKey.OP_READ); count++) {
            ByteBuffer buffer = events.receiveBuffer();
            if (buffer == null) {
                // the datagrams are not wanted: with the interest kept, every poll would return at once
                drop(SelectionKey.OP_READ);
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
}
