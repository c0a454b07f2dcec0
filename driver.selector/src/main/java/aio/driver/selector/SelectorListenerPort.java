package aio.driver.selector;

import aio.spi.ListenerEvents;
import aio.spi.ListenerPort;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** A listening socket; accepts in batches. */
final class SelectorListenerPort extends SelectorPort implements ListenerPort {
    /** How many connections one dispatch takes from one socket: open connections wait meanwhile. */
    private static final int MAX_ACCEPTS = 64;

    private final ServerSocketChannel channel;
    private final ListenerEvents events;

    SelectorListenerPort(SelectionKey key, ServerSocketChannel channel, ListenerEvents events) {
        super(key);
        this.channel = channel;
        this.events = events;
    }

    @Override
    public void resumeAccepting() {
        want(SelectionKey.OP_ACCEPT);
    }

    @Override
    public void pauseAccepting() {
        drop(SelectionKey.OP_ACCEPT);
    }

    @Override
    void deliver(int operations) {
        for (int accepts = 0; accepts < MAX_ACCEPTS && wants(SelectionKey.OP_ACCEPT); accepts++) {
            SocketChannel accepted;
            try {
                accepted = channel.accept();
            } catch (IOException e) {
                events.failed(e);
                return;
            }
            if (accepted == null) {
                return;
            }
            events.accepted(accepted);
        }
    }
}
