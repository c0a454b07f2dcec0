package aio.driver.proactor;

import aio.spi.DatagramEvents;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;

/**
 * Receives from one datagram socket, as long as that is wanted: one datagram into a buffer of the pool. If all buffers
 * are lent, the datagram is received right before its delivery, when those before it have given theirs back.
 */
final class ReceiveOperation extends Operation {
    /** How many datagrams one dispatch takes from one socket: the other sockets wait meanwhile. */
    private static final int MAX_DATAGRAMS = 16;

    private final DatagramChannel channel;
    private final DatagramEvents events;
    private final ProactorDatagramPort port;
    private final BufferPool pool;
    private boolean wanted;
    private @Nullable ByteBuffer data;
    private @Nullable SocketAddress sender;
    private @Nullable IOException failure;

    ReceiveOperation(ProactorDriver driver, DatagramChannel channel, DatagramEvents events, ProactorDatagramPort port) {
        super(driver.completions());
        this.channel = channel;
        this.events = events;
        this.port = port;
        this.pool = driver.readBuffers();
    }

    void resume() {
        if (is(State.OVER) || wanted) {
            return;
        }
        wanted = true;
        port.ask(SelectionKey.OP_READ);
        if (is(State.IDLE)) {
            state(State.POSTED);
        } else if (is(State.HELD)) {
            complete();
        }
    }

    void pause() {
        wanted = false;
        port.askNoMore(SelectionKey.OP_READ);
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
        ByteBuffer buffer = pool.take();
        if (buffer == null || receive(buffer)) {
            complete();
        }
    }

    /** Receives once into an empty buffer. Returns true if there is something to deliver. */
    private boolean receive(ByteBuffer buffer) {
        try {
            sender = channel.receive(buffer);
        } catch (IOException e) {
            failure = e;
        }
        if (sender != null) {
            data = buffer.flip();
            return true;
        }
        pool.giveBack(buffer);
        return failure != null;
    }

    @Override
    void deliver() {
        if (!wanted) {
            hold();
            return;
        }
        state(State.POSTED);
        boolean more = hasResult() || receive(pool.takeAnyway());
        for (int count = 1; more; count++) {
            deliverResult();
            more = count < MAX_DATAGRAMS && wanted && receive(pool.takeAnyway());
        }
        if (hasResult() && is(State.POSTED)) {
            complete();
        }
    }

    private boolean hasResult() {
        return data != null || failure != null;
    }

    private void deliverResult() {
        ByteBuffer delivered = data;
        SocketAddress from = sender;
        IOException cause = failure;
        data = null;
        sender = null;
        failure = null;
        if (delivered != null && from != null) {
            try {
                events.received(delivered, from);
            } finally {
                giveBack(delivered);
            }
        } else if (cause != null) {
            events.failed(cause); // says nothing about the next datagram
        }
    }

    /**
     * Keeps the result for later. Not in a buffer of the pool: paused sockets must not use up the buffers of the
     * others.
     */
    private void hold() {
        ByteBuffer held = data;
        if (held != null && held.isDirect()) {
            data = ByteBuffer.allocate(held.remaining()).put(held).flip();
            giveBack(held);
        }
        state(hasResult() ? State.HELD : State.IDLE);
    }

    private void giveBack(ByteBuffer buffer) {
        if (buffer.isDirect()) {
            pool.giveBack(buffer);
        }
    }

    /** Hands back what was received, a failure included: the kernel does not tell it again. */
    void handBack() {
        wanted = false;
        state(State.OVER);
        ByteBuffer rest = data;
        SocketAddress from = sender;
        IOException cause = failure;
        data = null;
        failure = null;
        if (rest != null && from != null) {
            events.unread(rest, from);
            giveBack(rest);
        } else if (cause != null) {
            events.failed(cause);
        }
    }
}
