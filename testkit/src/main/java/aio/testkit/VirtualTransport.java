package aio.testkit;

import aio.loop.EventLoop;
import aio.transport.BufferedProtocol;
import aio.transport.StreamProtocol;
import aio.transport.StreamTransport;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One end of a connection in memory. Runs on its loop. */
final class VirtualTransport implements StreamTransport {
    private static final WriteBufferLimits USUAL_LIMITS = new WriteBufferLimits(16_384, 65_536);

    private final EventLoop loop;
    private final Map<String, Object> extra;
    private final Deque<ByteBuffer> unread = new ArrayDeque<>();
    private @Nullable StreamProtocol protocol;
    private @Nullable VirtualStream output;
    private @Nullable VirtualStream input;
    private WriteBufferLimits limits = USUAL_LIMITS;
    private boolean paused;
    private boolean writingPaused;
    private boolean delivering;
    private boolean inputEnded;
    private boolean endTold;
    private boolean outputEnded;
    private boolean closing;
    private boolean over;

    VirtualTransport(EventLoop loop, String own, String peer) {
        this.loop = loop;
        extra = Map.of(SOCKNAME, InetSocketAddress.createUnresolved(own, 0),
                PEERNAME, InetSocketAddress.createUnresolved(peer, 0));
    }

    void setOutput(VirtualStream stream) {
        output = stream;
    }

    void setInput(VirtualStream stream) {
        input = stream;
    }

    private VirtualStream output() {
        return Objects.requireNonNull(output);
    }

    private VirtualStream input() {
        return Objects.requireNonNull(input);
    }

    EventLoop loop() {
        return loop;
    }

    // ---- what the network tells

    void begin(StreamProtocol first) {
        protocol = first;
        first.connectionMade(this);
    }

    void received(ByteBuffer bytes) {
        if (over) {
            input().bounce();
        } else {
            unread.add(bytes);
            deliver();
        }
    }

    void ended() {
        inputEnded = true;
        deliver();
    }

    private void deliver() {
        if (delivering) {
            return; // resumed inside of a delivery, which goes on by itself
        }
        delivering = true;
        try {
            while (isReading() && !unread.isEmpty()) {
                ByteBuffer bytes = unread.remove();
                int count = bytes.remaining();
                give(bytes);
                input().read(count);
            }
            if (isReading() && inputEnded && !endTold) {
                endTold = true;
                if (!getProtocol().eofReceived()) {
                    close();
                }
            }
        } finally {
            delivering = false;
        }
    }

    private void give(ByteBuffer bytes) {
        if (!(getProtocol() instanceof BufferedProtocol buffered)) {
            getProtocol().dataReceived(bytes.slice());
            for (int i = bytes.position(); i < bytes.limit(); i++) {
                bytes.put(i, (byte) 0); // lent for the call: who keeps it shall see that
            }
            return;
        }
        while (bytes.hasRemaining()) {
            ByteBuffer buffer = buffered.getBuffer(bytes.remaining());
            int count = Math.min(buffer.remaining(), bytes.remaining());
            if (count == 0) {
                throw new IllegalStateException("getBuffer() of " + buffered + " returned a buffer that is full");
            }
            buffer.put(bytes.slice().limit(count));
            bytes.position(bytes.position() + count);
            buffered.bufferUpdated(count);
        }
    }

    void hasRoom() {
        if (writingPaused && !over && output().waitingBytes() <= limits.low()) {
            writingPaused = false;
            getProtocol().resumeWriting();
        }
    }

    void allSent() {
        if (closing) {
            lose(null);
        }
    }

    void loseSoon(Throwable cause) {
        VirtualNetwork.tell(loop, () -> lose(cause));
    }

    void lose(@Nullable Throwable cause) {
        if (!over) {
            closing = true;
            over = true;
            output().drop();
            if (!unread.isEmpty()) {
                unread.clear();
                input().bounce();
            }
            if (protocol != null) {
                protocol.connectionLost(cause);
            }
        }
    }

    boolean isOver() {
        return over;
    }

    // ---- what the protocol tells

    @Override
    public StreamProtocol getProtocol() {
        return Objects.requireNonNull(protocol);
    }

    @Override
    public void setProtocol(StreamProtocol next) {
        protocol = Objects.requireNonNull(next, "protocol");
    }

    @Override
    public boolean isReading() {
        return !paused && !closing;
    }

    @Override
    public void pauseReading() {
        paused = true;
    }

    @Override
    public void resumeReading() {
        paused = false;
        loop.callSoon(this::deliver);
    }

    @Override
    public void write(ByteBuffer data) {
        if (outputEnded) {
            throw new IllegalStateException("write after writeEof on " + this);
        }
        if (closing) {
            data.position(data.limit());
            return;
        }
        output().write(data);
        pauseIfFull();
    }

    @Override
    public void writelines(Iterable<ByteBuffer> data) {
        data.forEach(this::write);
    }

    private void pauseIfFull() {
        if (!writingPaused && output().waitingBytes() > limits.high()) {
            writingPaused = true;
            getProtocol().pauseWriting();
        }
    }

    @Override
    public void writeEof() {
        if (!outputEnded && !closing) {
            outputEnded = true;
            output().end();
        }
    }

    @Override
    public boolean canWriteEof() {
        return true;
    }

    @Override
    public void close() {
        if (!closing) {
            closing = true;
            if (!outputEnded) {
                outputEnded = true;
                output().end();
            } else {
                loop.callSoon(() -> {
                    if (output().waitingBytes() == 0) {
                        lose(null);
                    }
                });
            }
        }
    }

    @Override
    public void abort() {
        if (!over) {
            output().drop();
            if (closing) {
                loop.callSoon(this::allSent);
            } else {
                close();
            }
        }
    }

    @Override
    public boolean isClosing() {
        return closing;
    }

    @Override
    public long getWriteBufferSize() {
        return output().waitingBytes();
    }

    @Override
    public WriteBufferLimits getWriteBufferLimits() {
        return limits;
    }

    @Override
    public void setWriteBufferLimits(long low, long high) {
        if (low < 0 || high < low) {
            throw new IllegalArgumentException("low " + low + ", high " + high + ": expected high >= low >= 0");
        }
        limits = new WriteBufferLimits(low, high);
        if (!over) {
            pauseIfFull();
            hasRoom();
        }
    }

    @Override
    public @Nullable Object getExtraInfo(String name) {
        return extra.get(name);
    }

    @Override
    public String toString() {
        return extra.get(SOCKNAME) + " -> " + extra.get(PEERNAME);
    }
}
