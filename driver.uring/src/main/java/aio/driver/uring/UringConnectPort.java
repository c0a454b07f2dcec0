package aio.driver.uring;

import aio.spi.ConnectEvents;
import aio.spi.ConnectPort;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** A connect in progress: the ring tells when it is over, the channel tells the result. */
final class UringConnectPort extends UringPort implements ConnectPort {
    private final SocketChannel channel;
    private final ConnectEvents events;
    private boolean over;

    UringConnectPort(UringDriver driver, SelectionKey key, SocketChannel channel, ConnectEvents events)
            throws IOException {
        super(driver, key);
        this.channel = channel;
        this.events = events;
        prepareSoon();
    }

    @Override
    void prepare(Ring ring) {
        if (!over) {
            ask(ring, WRITABLE);
        }
    }

    @Override
    void completed(int kind, int result, int flags) {
        deliverSoon();
    }

    @Override
    int results() {
        return 1;
    }

    @Override
    void deliver() {
        if (over) {
            return;
        }
        try {
            over = channel.finishConnect();
        } catch (IOException e) {
            over = true;
            events.failed(e);
            return;
        }
        if (over) {
            events.connected();
        } else {
            prepareSoon();
        }
    }

    @Override
    void handBack() {
        over = true; // the next driver fetches a result that was not fetched
    }
}
