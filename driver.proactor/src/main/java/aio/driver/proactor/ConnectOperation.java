package aio.driver.proactor;

import aio.spi.ConnectEvents;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/**
 * Connects one socket. The kernel does so by itself; the result is fetched when it is delivered and not before, because
 * a connect whose result was fetched cannot be given to another driver.
 */
final class ConnectOperation extends Operation {
    private final SocketChannel channel;
    private final ConnectEvents events;
    private final ProactorConnectPort port;

    ConnectOperation(ProactorDriver driver, SocketChannel channel, ConnectEvents events, ProactorConnectPort port) {
        super(driver.completions());
        this.channel = channel;
        this.events = events;
        this.port = port;
    }

    void post() {
        state(State.POSTED);
        port.ask(SelectionKey.OP_CONNECT);
    }

    @Override
    boolean isLive() {
        return port.serves();
    }

    @Override
    void carryOut() {
        port.askNoMore(SelectionKey.OP_CONNECT);
        complete();
    }

    @Override
    void deliver() {
        boolean connected;
        try {
            connected = channel.finishConnect();
        } catch (IOException e) {
            state(State.OVER);
            events.failed(e);
            return;
        }
        if (connected) {
            state(State.OVER);
            events.connected();
        } else {
            post();
        }
    }
}
