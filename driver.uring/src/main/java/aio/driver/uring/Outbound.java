package aio.driver.uring;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;

/**
 * The sending half of a stream. Few bytes are put into a slot and go to the kernel with the next poll; many go there at
 * once. A slot for which the kernel had no room waits until there is some. Loop thread only.
 */
final class Outbound {
    private final UringStreamPort port;
    private final UringDriver driver;
    private final SocketChannel channel;
    private int slot = SendSlots.NONE;
    private int begin;
    private int end;
    private int position;
    private int result;
    /** The kernel had no room: the slot waits, and a transport with bytes left is to be told. */
    private boolean waits;
    private boolean shutWanted;
    private boolean broken;
    private boolean toTell;

    Outbound(UringStreamPort port, SocketChannel channel) {
        this.port = port;
        this.driver = port.driver;
        this.channel = channel;
    }

    /** Puts all bytes into the slot, if they may wait for the poll; returns false if not. */
    boolean take(ByteBuffer bytes, int count) throws IOException {
        if (shutWanted) {
            throw new ClosedChannelException();
        }
        boolean fits = count > 0 && count <= SendSlots.LARGEST - end;
        if (waits || broken || !driver.isBatching() || !fits || !makeRoom(end + count)) {
            return false;
        }
        driver.slots().put(slot, end, bytes);
        end += count;
        return true;
    }

    /** Sees to it that the slot has room for some bytes, by another one if need be; returns false if none is left. */
    private boolean makeRoom(int size) {
        SendSlots slots = driver.slots();
        if (slot != SendSlots.NONE && slots.holds(slot, size)) {
            return true;
        }
        int next = slots.take(size);
        if (next == SendSlots.NONE) {
            return false;
        }
        if (slot == SendSlots.NONE) {
            port.prepareSoon();
        } else {
            slots.copy(slot, next, end);
            slots.giveBack(slot);
        }
        slot = next;
        return true;
    }

    /** Sends what is in the slot. Returns false if a part of it is left, after which nothing can be sent. */
    boolean flush() throws IOException {
        if (slot == SendSlots.NONE) {
            return true;
        }
        if (!waits) {
            int answer = driver.calls().send(
                    port.descriptor, driver.slots().memory(), SendSlots.offset(slot, begin), end - begin);
            accept(answer);
            if (answer < 0 && answer != -Errno.EAGAIN && answer != -Errno.EINTR) {
                throw broken(answer);
            }
        }
        return slot == SendSlots.NONE;
    }

    private IOException broken(int answer) {
        broken = true;
        drop();
        return Errno.ofStream("sending", -answer);
    }

    private void accept(int answer) {
        if (answer > 0) {
            begin += answer;
        }
        if (begin == end) {
            drop();
        } else {
            waits = true;
            port.prepareSoon();
        }
    }

    private void drop() {
        if (slot != SendSlots.NONE) {
            driver.slots().giveBack(slot);
            slot = SendSlots.NONE;
        }
        begin = 0;
        end = 0;
    }

    /** Bytes were not taken: the transport that has them is told when there is room. */
    void awaitRoom() {
        if (!broken) {
            waits = true;
            port.prepareSoon();
        }
    }

    void shutdown() throws IOException {
        if (flush()) {
            channel.shutdownOutput();
        } else {
            shutWanted = true;
        }
    }

    // ---- in the poll

    void prepare(Ring ring) {
        if (waits) {
            port.ask(ring, UringPort.WRITABLE);
        } else if (slot != SendSlots.NONE && !port.isInFlight(UringPort.SEND)) {
            position = ring.position();
            result = end - begin; // if all of it is sent, the kernel says nothing
            int silent = toTell ? 0 : Ring.SILENT_IF_DONE; // with a transport to be told, the poll must not wait for it
            ring.prepare(Ring.SEND, silent, port.descriptor, driver.slots().address(slot, begin), end - begin,
                    SystemCalls.SEND_FLAGS | SystemCalls.ALL_OR_TELL, port.begin(UringPort.SEND));
            driver.sends(port);
        }
    }

    /** A part of it was not sent. */
    void completed(int answer) {
        result = answer;
    }

    /** After the submission: the kernel carries out a send when it takes it, and tells at once what was not sent. */
    void submitted(Ring ring) throws IOException {
        port.end(UringPort.SEND);
        if (!ring.isTaken(position)) {
            port.prepareSoon();
            return;
        }
        int answer = result;
        if (answer > end - begin) {
            throw new IOException("io_uring told of " + answer + " bytes sent, of " + (end - begin));
        }
        if (answer < 0 && answer != -Errno.EAGAIN && answer != -Errno.EINTR) {
            port.failSoon(broken(answer));
            return;
        }
        accept(answer);
        if (slot == SendSlots.NONE && toTell) {
            tell();
        }
    }

    /** There is room. */
    void isWritable() {
        waits = false;
        toTell = true;
        if (slot == SendSlots.NONE) {
            tell();
        } else {
            port.prepareSoon();
        }
    }

    private void tell() {
        if (shutWanted) {
            shutWanted = false;
            try {
                channel.shutdownOutput();
            } catch (IOException e) {
                port.failSoon(e);
            }
        }
        port.deliverSoon();
    }

    // ---- in the dispatch

    /** Tells whether the event that there is room is due. */
    boolean hasSomething() {
        return toTell && slot == SendSlots.NONE && !waits;
    }

    /** Returns how many bytes the kernel had no room for. */
    int unwritten() {
        return waits ? end - begin : 0;
    }

    void told() {
        toTell = false;
    }

    // ---- the end

    /** Returns what the kernel does not take, for reading; {@link #over} gives its slot back. */
    ByteBuffer rest() throws IOException {
        waits = false;
        return flush() ? ByteBuffer.allocate(0) : driver.slots().view(slot, begin, end);
    }

    void over() {
        drop();
        broken = true;
        waits = false;
        toTell = false;
    }
}
