package aio.driver.selector;

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

/** Writes down what is delivered, as {@code name:event}; an action may be run in each kind of event. */
final class Events implements StreamEvents, ListenerEvents, ConnectEvents, WatchEvents {
    final String name;
    final List<String> log;
    final List<SocketChannel> accepted = new ArrayList<>();
    final StringBuilder text = new StringBuilder();
    final List<IOException> failures = new ArrayList<>();
    private final Map<String, Runnable> actions = new HashMap<>();
    @Nullable ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
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
        ByteBuffer next = buffer;
        if (next == null) {
            log.add("refused");
        }
        return next == null ? null : next.clear();
    }

    @Override
    public boolean received(ByteBuffer received, int count) {
        assert received == buffer;
        text.append(StandardCharsets.US_ASCII.decode(received.duplicate().flip()));
        assert received.position() == count;
        note("received");
        return goOn;
    }

    @Override
    public boolean received(ByteBuffer bytes) {
        throw new AssertionError("this driver has no buffers of its own");
    }

    @Override
    public void unread(ByteBuffer bytes) {
        throw new AssertionError("this driver reads nothing ahead");
    }

    @Override
    public void unwritten(ByteBuffer bytes) {
        throw new AssertionError("this driver keeps nothing to write");
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
