package aio.driver.proactor;

import aio.spi.DatagramEvents;
import java.nio.channels.SelectionKey;

/** Waits until the kernel has room for a datagram again; a send itself is carried out when it is posted. */
final class RoomOperation extends Operation {
    private final DatagramEvents events;
    private final ProactorDatagramPort port;

    RoomOperation(ProactorDriver driver, DatagramEvents events, ProactorDatagramPort port) {
        super(driver.completions());
        this.events = events;
        this.port = port;
    }

    void post() {
        if (is(State.IDLE)) {
            state(State.POSTED);
            port.ask(SelectionKey.OP_WRITE);
        }
    }

    @Override
    boolean isLive() {
        return port.serves();
    }

    @Override
    void carryOut() {
        port.askNoMore(SelectionKey.OP_WRITE);
        complete();
    }

    @Override
    void deliver() {
        state(State.IDLE);
        events.writable();
    }

    void handBack() {
        state(State.OVER);
    }
}
