package aio.testkit.spi;

import static org.assertj.core.api.Assertions.assertThat;

import aio.spi.ConnectEvents;
import aio.spi.ListenerEvents;
import aio.spi.StreamEvents;
import aio.spi.WatchEvents;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records what is delivered, as {@code name:event}; an action may run in each kind of event. */
public final class RecordingEvents implements StreamEvents, ListenerEvents, ConnectEvents, WatchEvents {
    private final boolean ofReadAhead;
    private final String name;
    private final List<String> log;
    private final List<SocketChannel> accepted = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder unread = new StringBuilder();
    private final StringBuilder unwritten = new StringBuilder();
    private final List<IOException> failures = new ArrayList<>();
    private final Map<String, Runnable> actions = new HashMap<>();
    private @Nullable ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
    private int most = Integer.MAX_VALUE;
    private boolean goOn = true;

    RecordingEvents(boolean ofReadAhead) {
        this(ofReadAhead, "", new ArrayList<>());
    }

    RecordingEvents(boolean ofReadAhead, String name, List<String> log) {
        this.ofReadAhead = ofReadAhead;
        this.name = name;
        this.log = log;
    }

    /** Sets an action to run inside each event of a name. */
    public RecordingEvents on(String event, Runnable action) {
        actions.put(event, action);
        return this;
    }

    /** Lends this buffer to a driver that asks for one; null to refuse. */
    public void lend(@Nullable ByteBuffer lent) {
        buffer = lent;
    }

    /** Takes at most a number of the bytes of a driver that brings its own buffers. */
    public void takeAtMost(int bytes) {
        most = bytes;
    }

    /** Returns false from {@code received} from now on. */
    public void wantNoMore() {
        goOn = false;
    }

    /** Returns what was delivered, live; the test may clear it. */
    public List<String> log() {
        return log;
    }

    /** Returns all bytes that were received. */
    public String text() {
        return text.toString();
    }

    /** Returns how many bytes were received. */
    public int received() {
        return text.length();
    }

    /** Returns the bytes that were read and handed back. */
    public String unread() {
        return unread.toString();
    }

    /** Returns the bytes that were taken for writing and handed back. */
    public String unwritten() {
        return unwritten.toString();
    }

    /** Returns the accepted connections, live; the test may take them out. */
    public List<SocketChannel> accepted() {
        return accepted;
    }

    /** Returns the failures that were reported. */
    public List<IOException> failures() {
        return failures;
    }

    private void note(String event) {
        log.add(name.isEmpty() ? event : name + ":" + event);
        Runnable action = actions.get(event);
        if (action != null) {
            action.run();
        }
    }

    @Override
    public @Nullable ByteBuffer receiveBuffer() {
        assertThat(ofReadAhead).as("this driver has buffers of its own").isFalse();
        ByteBuffer next = buffer;
        if (next == null) {
            log.add("refused");
        }
        return next == null ? null : next.clear();
    }

    @Override
    public boolean filled(ByteBuffer filled, int count) {
        assertThat(filled).isSameAs(buffer);
        assertThat(filled.position()).isEqualTo(count).isPositive();
        text.append(StandardCharsets.ISO_8859_1.decode(filled.duplicate().flip()));
        note("received");
        return goOn;
    }

    @Override
    public boolean received(ByteBuffer bytes) {
        assertThat(ofReadAhead).as("this driver has buffers of its own").isTrue();
        assertThat(bytes.hasRemaining()).isTrue();
        byte[] taken = new byte[Math.min(bytes.remaining(), most)];
        bytes.get(taken);
        text.append(new String(taken, StandardCharsets.ISO_8859_1));
        note("received");
        return goOn;
    }

    @Override
    public void unread(ByteBuffer bytes) {
        assertThat(ofReadAhead).as("this driver reads ahead").isTrue();
        assertThat(bytes.hasRemaining()).isTrue();
        unread.append(StandardCharsets.ISO_8859_1.decode(bytes));
        note("unread");
    }

    @Override
    public void unwritten(ByteBuffer bytes) {
        assertThat(bytes.hasRemaining()).isTrue();
        unwritten.append(StandardCharsets.ISO_8859_1.decode(bytes));
        note("unwritten");
    }

    @Override
    public void endOfStream() {
        note("end");
    }

    @Override
    public void readable() {
        note("readable");
    }

    @Override
    public void writable() {
        note("writable");
    }

    @Override
    public void accepted(SocketChannel channel) {
        accepted.add(channel);
        note("accepted");
    }

    @Override
    public void connected() {
        note("connected");
    }

    @Override
    public void failed(IOException cause) {
        failures.add(cause);
        note("failed");
    }
}
