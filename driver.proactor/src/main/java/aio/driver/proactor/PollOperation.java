package aio.driver.proactor;

import aio.spi.WatchEvents;
import java.nio.channels.SelectionKey;

/** Asks once when an attempt on a socket is worthwhile, and again as long as that is wanted. */
final class PollOperation extends Operation {
    private static final int READING = SelectionKey.OP_READ | SelectionKey.OP_ACCEPT;
    private static final int WRITING = SelectionKey.OP_WRITE | SelectionKey.OP_CONNECT;

    private final WatchEvents events;
    private final ProactorRawPort port;
    private int wanted;
    private int ready;

    PollOperation(ProactorDriver driver, WatchEvents events, ProactorRawPort port) {
        super(driver.completions());
        this.events = events;
        this.port = port;
    }

    void want(int operations) {
        port.askNoMore(wanted & ~operations);
        wanted = operations;
        if (is(State.IDLE) || is(State.POSTED)) {
            post();
        }
    }

    private void post() {
        state(wanted == 0 ? State.IDLE : State.POSTED);
        if (wanted != 0) {
            port.ask(wanted);
        }
    }

    void ready(int operations) {
        ready |= operations;
        carryOut();
    }

    @Override
    boolean isLive() {
        return port.serves();
    }

    @Override
    void carryOut() {
        port.askNoMore(wanted);
        complete();
    }

    @Override
    void deliver() {
        int operations = ready;
        ready = 0;
        post();
        if ((operations & wanted & READING) != 0) {
            events.readable();
        }
        if ((operations & wanted & WRITING) != 0) {
            events.writable();
        }
    }

    void handBack() {
        wanted = 0;
        state(State.OVER);
    }
}
