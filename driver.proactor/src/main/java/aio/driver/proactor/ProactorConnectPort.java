package aio.driver.proactor;

import aio.spi.ConnectEvents;
import aio.spi.ConnectPort;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** A connect in progress. */
final class ProactorConnectPort extends ProactorPort implements ConnectPort {
    private final ConnectOperation connecting;

    ProactorConnectPort(ProactorDriver driver, SelectionKey key, SocketChannel channel, ConnectEvents events) {
        super(key);
        this.connecting = new ConnectOperation(driver, channel, events, this);
        connecting.post();
    }

    @Override
    void ready(int operations) {
        if (connecting.is(Operation.State.POSTED)) {
            connecting.carryOut();
        }
    }

    @Override
    protected void handBack() {
        connecting.state(Operation.State.OVER);
    }
}
