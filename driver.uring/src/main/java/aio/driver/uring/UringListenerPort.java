package aio.driver.uring;

import aio.spi.ListenerEvents;
import aio.spi.ListenerPort;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * A listening socket: the ring tells that there are connections, the channel accepts them. The ring could accept, too,
 * but no channel can be made of its descriptors.
 */
final class UringListenerPort extends UringPort implements ListenerPort {
    /** How many connections one dispatch takes from one socket: open connections wait meanwhile. */
    private static final int MAX_ACCEPTS = 64;

    private final ServerSocketChannel channel;
    private final ListenerEvents events;
    private boolean wanted;

    UringListenerPort(UringDriver driver, SelectionKey key, ServerSocketChannel channel, ListenerEvents events)
            throws IOException {
        super(driver, key);
        this.channel = channel;
        this.events = events;
    }

    @Override
    public void resumeAccepting() {
        wanted = true;
        prepareSoon();
    }

    @Override
    public void pauseAccepting() {
        wanted = false;
    }

    @Override
    boolean comesFirst() {
        return true;
    }

    @Override
    void prepare(Ring ring) {
        if (wanted) {
            ask(ring, READABLE);
        }
    }

    @Override
    void completed(int kind, int result, int flags) {
        if (wanted) {
            deliverSoon();
        }
    }

    @Override
    int results() {
        return 1;
    }

    @Override
    void deliver() {
        prepareSoon();
        for (int accepts = 0; accepts < MAX_ACCEPTS && wanted && isLive(); accepts++) {
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

    @Override
    void handBack() {
        wanted = false; // what was not accepted is in the backlog
    }
}
