package aio.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One direction of a connection in memory. What is written waits until there is room; what has room is sent at the end
 * of the turn, in pieces, each of which arrives at its time and never before an earlier one.
 */
final class VirtualStream {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final VirtualNetwork network;
    private final VirtualLink link;
    private final VirtualTransport sender;
    private final VirtualTransport receiver;
    private final int room;
    private final Deque<ByteBuffer> waiting = new ArrayDeque<>();
    private final ByteArrayOutputStream staged = new ByteArrayOutputStream();
    private final Deque<Arrival> transit = new ArrayDeque<>();
    private long waitingBytes;
    private long takenBytes; // on their way, or not read
    private long bytesPerSecond = Long.MAX_VALUE;
    private long freeAt;
    private long lastDue;
    private boolean sending;
    private boolean ending;

    /** What happens at the receiver, and when. */
    private record Arrival(long due, Runnable what) {}

    VirtualStream(VirtualNetwork network, VirtualLink link, VirtualTransport sender, VirtualTransport receiver) {
        this.network = network;
        this.link = link;
        this.sender = sender;
        this.receiver = receiver;
        room = network.room();
        sender.setOutput(this);
        receiver.setInput(this);
    }

    // ---- the sender's loop

    void write(ByteBuffer data) {
        ByteBuffer copy = ByteBuffer.allocate(data.remaining()).put(data).flip();
        waitingBytes += copy.remaining();
        waiting.add(copy);
        stage();
    }

    /** Returns how many bytes have found no room. */
    long waitingBytes() {
        return waitingBytes;
    }

    /** Ends the stream after all that was written. */
    void end() {
        ending = true;
        sendSoon();
    }

    void drop() {
        waiting.clear();
        waitingBytes = 0;
    }

    private void stage() {
        while (!waiting.isEmpty() && takenBytes < room) {
            ByteBuffer first = waiting.peek();
            byte[] part = new byte[(int) Math.min(first.remaining(), room - takenBytes)];
            first.get(part);
            staged.writeBytes(part);
            takenBytes += part.length;
            waitingBytes -= part.length;
            if (!first.hasRemaining()) {
                waiting.remove();
            }
        }
        sendSoon();
    }

    private void sendSoon() {
        if (!sending) {
            sending = true;
            sender.loop().callSoon(this::sendStaged);
        }
    }

    private void sendStaged() {
        sending = false;
        byte[] all = staged.toByteArray();
        staged.reset();
        for (int begin = 0; begin < all.length;) {
            int count = network.piece(all.length - begin);
            ByteBuffer piece = ByteBuffer.wrap(all, begin, count).slice();
            send(count, () -> receiver.received(piece));
            begin += count;
        }
        if (waiting.isEmpty()) {
            if (ending) {
                ending = false;
                send(receiver::ended);
            }
            sender.allSent();
        }
    }

    /** Lets something happen at the receiver, after all that was sent before. */
    void send(Runnable what) {
        send(0, what);
    }

    private void send(int bytes, Runnable what) {
        freeAt = Math.max(freeAt, network.now()) + (long) ((double) bytes * NANOS_PER_SECOND / bytesPerSecond);
        lastDue = Math.max(lastDue, freeAt + network.latencyNanos());
        transit.add(new Arrival(lastDue, what));
        network.after(lastDue - network.now(), receiver.loop(), this::arrive);
    }

    void slow(long newBytesPerSecond) {
        bytesPerSecond = newBytesPerSecond;
    }

    // ---- the receiver's loop

    private void arrive() {
        while (!link.isCut() && !transit.isEmpty() && transit.peek().due() <= network.now()) {
            transit.remove().what().run();
        }
    }

    void mended() {
        if (!transit.isEmpty()) {
            VirtualNetwork.tell(receiver.loop(), this::arrive);
        }
    }

    /** The receiver has read bytes: there is room for others. */
    void read(int count) {
        VirtualNetwork.tell(sender.loop(), () -> {
            takenBytes -= count;
            stage();
            sender.hasRoom();
        });
    }

    /** The receiver is gone: who writes to it is told. */
    void bounce() {
        network.after(network.latencyNanos(), sender.loop(), () -> {
            if (!link.isCut()) {
                sender.lose(new IOException("Connection reset by peer"));
            }
        });
    }
}
