package aio.driver.uring;

import aio.spi.StreamEvents;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;

/**
 * The receiving half of a stream. At first it asks when the stream is readable, and reads into a buffer that is warm.
 * After a few small reads, the kernel receives by itself from then on, into buffers that all streams share, which costs
 * no call. Much at once would land in cold memory, use those buffers up, and have to be handed back by a release: such
 * a stream reads again. So does one for which no shared buffer is left. Loop thread only.
 */
final class Inbound {
    /** How often one dispatch delivers from one stream: the other streams wait meanwhile. */
    private static final int MAX_DELIVERIES = 4;
    private static final int LARGE = 16 * 1024;
    private static final int SMALL = 4 * 1024;
    private static final int LARGE_IN_A_ROW = 2;
    private static final int SMALL_IN_A_ROW = 4;

    private final UringStreamPort port;
    private final SocketChannel channel;
    private final StreamEvents events;
    private final @Nullable ReceiveBuffers buffers;
    private long[] pieces = new long[4];
    private int first;
    private int count;
    private @Nullable ByteBuffer kept;
    private @Nullable IOException failure;
    private boolean atEnd;
    private boolean over;
    private boolean wanted;
    private boolean reads;
    private boolean readable;
    private boolean delivering;
    private int inARow;

    Inbound(UringStreamPort port, SocketChannel channel, StreamEvents events) {
        this.port = port;
        this.channel = channel;
        this.events = events;
        this.buffers = port.driver.buffers();
        this.reads = buffers == null || !port.driver.tuning().receivesAtOnce();
    }

    // ---- what is wanted

    void resume() {
        if (!over && !wanted) {
            wanted = true;
            port.prepareSoon();
            if (hasSomething()) {
                port.deliverSoon();
            }
        }
    }

    void pause() {
        if (wanted) {
            wanted = false;
            port.prepareSoon();
        }
    }

    boolean isWanted() {
        return wanted;
    }

    /** Tells whether there is something to deliver that is wanted. */
    boolean hasSomething() {
        return count > 0 || kept != null || readable || atEnd || failure != null;
    }

    void prepare(Ring ring) {
        boolean goesOn = wanted && !atEnd && failure == null;
        if (goesOn && !reads) {
            if (buffers != null && !buffers.areFree()) {
                reads = true;
            } else if (!port.isInFlight(UringPort.RECEIVE)) {
                ring.prepareReceiving(port.descriptor, port.begin(UringPort.RECEIVE));
            }
        } else {
            port.withdraw(ring, UringPort.RECEIVE);
        }
        if (goesOn && reads && !readable && !port.isInFlight(UringPort.RECEIVE)) {
            port.ask(ring, UringPort.READABLE);
        }
        if (!wanted) {
            keepPieces();
        }
    }

    /** Paused: what waits here must not use up the buffers of other streams. */
    private void keepPieces() {
        if (count == 0) {
            return;
        }
        ByteBuffer before = kept;
        int bytes = before == null ? 0 : before.remaining();
        for (int i = 0; i < count; i++) {
            bytes += ReceiveBuffers.length(pieces[first + i & pieces.length - 1]);
        }
        ByteBuffer all = ByteBuffer.allocate(bytes);
        if (before != null) {
            all.put(before);
        }
        while (count > 0) {
            long piece = take();
            all.put(shared().view(piece));
            shared().giveBack(piece);
        }
        kept = all.flip();
    }

    private ReceiveBuffers shared() {
        ReceiveBuffers present = buffers;
        if (present == null) {
            throw new IllegalStateException("this stream has no shared buffers");
        }
        return present;
    }

    private long take() {
        long piece = pieces[first];
        first = first + 1 & pieces.length - 1;
        count--;
        return piece;
    }

    private void add(long piece) {
        if (count == pieces.length) {
            long[] larger = Arrays.copyOf(pieces, 2 * count);
            System.arraycopy(pieces, 0, larger, count, first);
            pieces = larger;
        }
        pieces[first + count++ & pieces.length - 1] = piece;
    }

    // ---- completions

    void isReadable() {
        readable = true;
        if (wanted) {
            port.deliverSoon();
        }
    }

    void received(int result, int flags) throws IOException {
        if (result > 0) {
            add(shared().received(result, flags));
            chooseByReceive(result);
        } else if (result == 0) {
            atEnd = true;
            if ((flags & Ring.HAS_BUFFER) != 0) {
                shared().giveBack(shared().received(0, flags));
            }
        } else if (result == -Errno.ENOBUFS) {
            reads = true;
        } else if (result != -Errno.ECANCELED) {
            failure = Errno.ofStream("receiving", -result);
        }
        if ((flags & Ring.MORE) == 0) {
            port.prepareSoon();
        }
        if (wanted && hasSomething()) {
            port.deliverSoon();
        }
    }

    private void chooseByReceive(int bytes) {
        inARow = bytes >= LARGE ? inARow + 1 : 0;
        if (inARow == LARGE_IN_A_ROW) {
            inARow = 0;
            reads = true;
            port.prepareSoon();
        }
    }

    private void chooseByRead(int bytes) {
        inARow = bytes < SMALL ? inARow + 1 : 0;
        if (inARow == SMALL_IN_A_ROW) {
            inARow = 0;
            reads = buffers == null;
        }
    }

    // ---- deliveries

    void deliver() {
        boolean more = true;
        for (int i = 0; i < MAX_DELIVERIES && more && wanted; i++) {
            more = deliverOne();
        }
    }

    /**
     * Delivers once; returns whether more may be delivered now. What a release during the call leaves goes back here.
     */
    private boolean deliverOne() {
        delivering = true;
        try {
            if (kept != null) {
                return deliverKept(kept);
            }
            if (count > 0) {
                return deliverPiece(take());
            }
            if (readable) {
                return read();
            }
            if (failure != null) {
                IOException cause = failure;
                failure = null;
                port.fail(cause);
            } else if (atEnd) {
                end();
            }
            return false;
        } finally {
            delivering = false;
        }
    }

    private boolean deliverKept(ByteBuffer bytes) {
        try {
            return events.received(bytes);
        } finally {
            if (!bytes.hasRemaining()) {
                kept = null;
            }
            handBackIfReleased();
        }
    }

    private boolean deliverPiece(long piece) {
        ByteBuffer bytes = shared().view(piece);
        try {
            return events.received(bytes);
        } finally {
            keepRest(bytes);
            shared().giveBack(piece);
            handBackIfReleased();
        }
    }

    private void keepRest(ByteBuffer bytes) {
        if (bytes.hasRemaining()) {
            kept = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
        }
    }

    private void handBackIfReleased() {
        if (port.isReleased()) {
            unread();
        }
    }

    /** Reads once into the buffer of the driver, right before the delivery. */
    private boolean read() {
        ByteBuffer buffer = port.driver.ownBuffer().clear();
        readable = false;
        port.prepareSoon();
        int bytes;
        try {
            bytes = channel.read(buffer);
        } catch (IOException e) {
            port.fail(e);
            return false;
        }
        if (bytes < 0) {
            end();
            return false;
        }
        if (bytes == 0) {
            return false;
        }
        readable = !buffer.hasRemaining(); // there may be more
        chooseByRead(bytes);
        buffer.flip();
        try {
            return events.received(buffer);
        } finally {
            keepRest(buffer);
            handBackIfReleased();
        }
    }

    private void end() {
        over();
        events.endOfStream();
    }

    /** Nothing more is received. */
    void over() {
        over = true;
        wanted = false;
        atEnd = false;
        readable = false;
    }

    // ---- the end

    void handBack() {
        wanted = false;
        if (!delivering) {
            unread();
        }
    }

    private void unread() {
        ByteBuffer rest = kept;
        kept = null;
        if (rest != null) {
            events.unread(rest);
        }
        while (count > 0) {
            long piece = take();
            try {
                events.unread(shared().view(piece));
            } finally {
                shared().giveBack(piece);
            }
        }
        IOException cause = failure;
        failure = null;
        if (cause != null) {
            port.fail(cause);
        }
    }

    void driverClosed() {
        count = 0;
    }
}
