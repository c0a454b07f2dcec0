package aio.driver.proactor;

import aio.spi.WatchEvents;
import aio.spi.WatchPort;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** A socket on which the loop itself operates: one operation asks the kernel when to try. */
final class ProactorRawPort extends ProactorPort implements WatchPort {
    private static final int READING = SelectionKey.OP_READ | SelectionKey.OP_ACCEPT;
    private static final int WRITING = SelectionKey.OP_WRITE | SelectionKey.OP_CONNECT;

    private final SelectableChannel channel;
    private final PollOperation polling;

    ProactorRawPort(ProactorDriver driver, SelectionKey key, SelectableChannel channel, WatchEvents events) {
        super(key);
        this.channel = channel;
        this.polling = new PollOperation(driver, events, this);
    }

    @Override
    void ready(int operations) {
        if (polling.is(Operation.State.POSTED)) {
            polling.ready(operations);
        }
    }

    @Override
    public void interest(boolean reading, boolean writing) {
        int readable = channel.validOps() & READING;
        int writable = channel.validOps() & WRITING;
        if (reading && readable == 0 || writing && writable == 0) {
            throw new IllegalArgumentException(channel + " cannot be "
                    + (reading && readable == 0 ? "read" : "written"));
        }
        // the selector below reports OP_WRITE once connected and OP_CONNECT before
        if (channel instanceof SocketChannel socket && socket.isConnected()) {
            writable &= ~SelectionKey.OP_CONNECT;
        }
        polling.want((reading ? readable : 0) | (writing ? writable : 0));
    }

    @Override
    void handBack() {
        polling.handBack();
    }
}
