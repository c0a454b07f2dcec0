package aio.driver.proactor;

import aio.driver.nio.Readiness;
import aio.spi.WatchEvents;
import aio.spi.WatchPort;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;

/** A socket on which the loop itself operates: one operation asks the kernel when to try. */
final class ProactorRawPort extends ProactorPort implements WatchPort {
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
        polling.want(Readiness.of(channel, reading, writing));
    }

    @Override
    protected void handBack() {
        polling.handBack();
    }
}
