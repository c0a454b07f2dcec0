package aio.driver.selector;

import aio.spi.ConnectEvents;
import aio.spi.ConnectPort;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** A connect in progress. */
final class SelectorConnectPort extends SelectorPort implements ConnectPort {
    private final SocketChannel channel;
    private final ConnectEvents events;

    SelectorConnectPort(SelectionKey key, SocketChannel channel, ConnectEvents events) {
        super(key);
        this.channel = channel;
        this.events = events;
        want(SelectionKey.OP_CONNECT);
    }

    @Override
    void deliver(int operations) {
        boolean connected;
        try {
            connected = channel.finishConnect();
        } catch (IOException e) {
            drop(SelectionKey.OP_CONNECT);
            events.failed(e);
            return;
        }
        if (connected) {
            drop(SelectionKey.OP_CONNECT);
            events.connected();
        }
    }
}
