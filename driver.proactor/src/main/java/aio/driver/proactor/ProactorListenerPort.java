package aio.driver.proactor;

import aio.spi.ListenerEvents;
import aio.spi.ListenerPort;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;

/** A listening socket. */
final class ProactorListenerPort extends ProactorPort implements ListenerPort {
    private final AcceptOperation accepting;

    ProactorListenerPort(
            ProactorDriver driver, SelectionKey key, ServerSocketChannel channel, ListenerEvents events) {
        super(key);
        this.accepting = new AcceptOperation(driver, channel, events, this);
    }

    @Override
    void ready(int operations) {
        if (accepting.is(Operation.State.POSTED)) {
            accepting.carryOut();
        }
    }

    @Override
    public void resumeAccepting() {
        accepting.resume();
    }

    @Override
    public void pauseAccepting() {
        accepting.pause();
    }

    @Override
    protected void handBack() {
        accepting.handBack();
    }
}
