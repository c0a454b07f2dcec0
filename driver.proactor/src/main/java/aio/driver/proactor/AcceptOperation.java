package aio.driver.proactor;

import aio.spi.ListenerEvents;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;

/** Accepts connections from one listening socket, in batches, as long as they are wanted. */
final class AcceptOperation extends Operation {
    /** How many connections one poll takes from one socket: open connections wait meanwhile. */
    private static final int MAX_ACCEPTS = 64;

    private final ServerSocketChannel channel;
    private final ListenerEvents events;
    private final ProactorListenerPort port;
    private final ArrayDeque<SocketChannel> accepted = new ArrayDeque<>();
    private boolean wanted;
    private @Nullable IOException failure;

    AcceptOperation(
            ProactorDriver driver, ServerSocketChannel channel, ListenerEvents events, ProactorListenerPort port) {
        super(driver.acceptCompletions());
        this.channel = channel;
        this.events = events;
        this.port = port;
    }

    void resume() {
        if (is(State.OVER) || wanted) {
            return;
        }
        wanted = true;
        port.ask(SelectionKey.OP_ACCEPT);
        if (is(State.IDLE)) {
            state(State.POSTED);
        } else if (is(State.HELD)) {
            complete();
        }
    }

    void pause() {
        wanted = false;
        port.askNoMore(SelectionKey.OP_ACCEPT);
        if (is(State.POSTED)) {
            state(State.IDLE);
        }
    }

    @Override
    boolean isLive() {
        return port.serves();
    }

    @Override
    void carryOut() {
        try {
            while (accepted.size() < MAX_ACCEPTS) {
                SocketChannel next = channel.accept();
                if (next == null) {
                    break;
                }
                accepted.addLast(next);
            }
        } catch (IOException e) {
            failure = e;
        }
        if (hasResult()) {
            complete();
        }
    }

    private boolean hasResult() {
        return failure != null || !accepted.isEmpty();
    }

    @Override
    void deliver() {
        state(wanted ? State.POSTED : State.IDLE);
        try {
            while (wanted && !accepted.isEmpty()) {
                events.accepted(accepted.removeFirst());
            }
            IOException cause = failure;
            if (wanted && cause != null) {
                failure = null;
                events.failed(cause);
            }
        } finally {
            keepTheRest();
        }
    }

    private void keepTheRest() {
        if (hasResult() && !is(State.OVER) && !is(State.COMPLETED)) {
            if (wanted) {
                complete();
            } else {
                state(State.HELD);
            }
        }
    }

    /** Hands back connections, but no failure: the kernel tells it again if it lasts. */
    void handBack() {
        wanted = false;
        state(State.OVER);
        failure = null;
        for (SocketChannel next = accepted.pollFirst(); next != null; next = accepted.pollFirst()) {
            events.accepted(next);
        }
    }
}
