package aio.driver.selector;

import aio.driver.nio.Readiness;
import aio.spi.WatchEvents;
import aio.spi.WatchPort;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;

/** A watched descriptor. A broken one is ready for everything that it is watched for. */
final class SelectorWatchPort extends SelectorPort implements WatchPort {
    private final SelectableChannel channel;
    private final WatchEvents events;

    SelectorWatchPort(SelectionKey key, SelectableChannel channel, WatchEvents events) {
        super(key);
        this.channel = channel;
        this.events = events;
    }

    @Override
    public void interest(boolean reading, boolean writing) {
        interest(Readiness.of(channel, reading, writing));
    }

    @Override
    void deliver(int operations) {
        if ((operations & Readiness.READING) != 0) {
            events.readable();
        }
        if ((operations & Readiness.WRITING) != 0 && wants(Readiness.WRITING)) {
            events.writable();
        }
    }
}
