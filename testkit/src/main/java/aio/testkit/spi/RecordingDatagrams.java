package aio.testkit.spi;

import static org.assertj.core.api.Assertions.assertThat;

import aio.spi.DatagramEvents;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Records what is delivered to a datagram socket. */
public final class RecordingDatagrams implements DatagramEvents {
    private final boolean ofReadAhead;
    private final List<String> texts = new ArrayList<>();
    private final List<SocketAddress> senders = new ArrayList<>();
    private final List<String> unread = new ArrayList<>();
    private final List<IOException> failures = new ArrayList<>();
    private @Nullable ByteBuffer buffer = ByteBuffer.allocateDirect(65_536);
    private Runnable onReceived = () -> {};
    private int writable;

    /** Makes one for a kind of driver, see {@link DriverFixture#readsAhead}. */
    public RecordingDatagrams(boolean ofReadAhead) {
        this.ofReadAhead = ofReadAhead;
    }

    /** Sets an action to run for each datagram. */
    public void onReceived(Runnable action) {
        onReceived = action;
    }

    /** Lends this buffer to a driver that asks for one; null to refuse. */
    public void lend(@Nullable ByteBuffer lent) {
        buffer = lent;
    }

    /** Returns the datagrams that were received. */
    public List<String> texts() {
        return texts;
    }

    /** Returns their senders. */
    public List<SocketAddress> senders() {
        return senders;
    }

    /** Returns the datagrams that were handed back. */
    public List<String> unread() {
        return unread;
    }

    /** Returns the failures that were reported. */
    public List<IOException> failures() {
        return failures;
    }

    /** Returns how often sending was said to be possible again. */
    public int writableCount() {
        return writable;
    }

    @Override
    public @Nullable ByteBuffer receiveBuffer() {
        assertThat(ofReadAhead).as("this driver has buffers of its own").isFalse();
        return buffer == null ? null : buffer.clear();
    }

    @Override
    public boolean received(ByteBuffer data, SocketAddress sender) {
        texts.add(StandardCharsets.US_ASCII.decode(data).toString());
        senders.add(sender);
        onReceived.run();
        return true;
    }

    @Override
    public void unread(ByteBuffer data, SocketAddress sender) {
        assertThat(ofReadAhead).as("this driver receives ahead").isTrue();
        unread.add(StandardCharsets.US_ASCII.decode(data).toString());
    }

    @Override
    public void writable() {
        writable++;
    }

    @Override
    public void failed(IOException cause) {
        failures.add(cause);
    }
}
