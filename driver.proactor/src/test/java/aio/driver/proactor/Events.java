package aio.driver.proactor;

import static org.assertj.core.api.Assertions.assertThat;

import aio.spi.ConnectEvents;
import aio.spi.ListenerEvents;
import aio.spi.StreamEvents;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes down what is delivered, as {@code name:event}; an action may be run in each kind of event. */
final class Events implements StreamEvents, ListenerEvents, ConnectEvents {
    final String name;
    final List<String> log;
    final List<SocketChannel> accepted = new ArrayList<>();
    final StringBuilder text = new StringBuilder();
    final List<IOException> failures = new ArrayList<>();
    private final Map<String, Runnable> actions = new HashMap<>();
    final StringBuilder unread = new StringBuilder();
    final StringBuilder unwritten = new StringBuilder();
    int most = Integer.MAX_VALUE;
    boolean goOn = true;

    Events() {
        this("", new ArrayList<>());
    }

    Events(String name, List<String> log) {
        this.name = name;
        this.log = log;
    }

    Events on(String event, Runnable action) {
        actions.put(event, action);
        return this;
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
        throw new AssertionError("this driver has buffers of its own");
    }

    @Override
    public boolean received(ByteBuffer buffer, int count) {
        throw new AssertionError("this driver has buffers of its own");
    }

    @Override
    public boolean received(ByteBuffer bytes) {
        assertThat(bytes.hasRemaining()).isTrue();
        byte[] taken = new byte[Math.min(bytes.remaining(), most)];
        bytes.get(taken);
        text.append(new String(taken, StandardCharsets.ISO_8859_1));
        note("received");
        return goOn;
    }

    @Override
    public void unread(ByteBuffer bytes) {
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
