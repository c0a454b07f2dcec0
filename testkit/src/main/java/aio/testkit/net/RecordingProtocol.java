package aio.testkit.net;

import aio.link.RunningLoop;
import aio.testkit.Await;
import aio.transport.StreamProtocol;
import aio.transport.StreamTransport;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records its calls: {@code made}, {@code data} (once for any number of them in a row), {@code eof}, {@code lost},
 * {@code pause}, {@code resume}. Override a method to do more; call its super method first. The getters may be called
 * from any thread.
 */
public class RecordingProtocol implements StreamProtocol {
    private final List<String> events = new ArrayList<>();
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private final boolean keepOpenAtEnd;
    private volatile @Nullable StreamTransport transport;
    private @Nullable Throwable lossCause;

    /** Makes one that lets the transport close at the end of the stream. */
    public RecordingProtocol() {
        this(false);
    }

    /** Makes one that returns {@code keepOpenAtEnd} at the end of the stream. */
    public RecordingProtocol(boolean keepOpenAtEnd) {
        this.keepOpenAtEnd = keepOpenAtEnd;
    }

    /** Makes one that sends everything back. */
    public static RecordingProtocol echo() {
        return new RecordingProtocol() {
            @Override
            public void dataReceived(ByteBuffer data) {
                super.dataReceived(data);
                transport().write(data);
            }
        };
    }

    @Override
    public void connectionMade(StreamTransport made) {
        transport = made;
        record("made");
    }

    @Override
    public void dataReceived(ByteBuffer data) {
        synchronized (events) {
            byte[] copy = new byte[data.remaining()];
            data.duplicate().get(copy);
            received.writeBytes(copy);
            if (events.isEmpty() || !events.get(events.size() - 1).equals("data")) {
                events.add("data");
            }
        }
    }

    @Override
    public boolean eofReceived() {
        record("eof");
        return keepOpenAtEnd;
    }

    @Override
    public void connectionLost(@Nullable Throwable cause) {
        synchronized (events) {
            lossCause = cause;
            events.add("lost");
        }
    }

    @Override
    public void pauseWriting() {
        record("pause");
    }

    @Override
    public void resumeWriting() {
        record("resume");
    }

    /** Records an event. */
    protected final void record(String event) {
        synchronized (events) {
            events.add(event);
        }
    }

    /** Returns the transport; waits for it. */
    public final StreamTransport transport() {
        StreamTransport present = transport;
        if (present != null) {
            return present;
        }
        if (RunningLoop.get() != null) {
            throw new AssertionError("the loop cannot wait for connectionMade: wait on the thread of the test before");
        }
        Await.until("connectionMade", () -> transport != null);
        return transport();
    }

    /** Returns the events so far. */
    public final List<String> events() {
        synchronized (events) {
            return List.copyOf(events);
        }
    }

    /** Returns how often an event has happened so far. */
    public final long count(String event) {
        return events().stream().filter(event::equals).count();
    }

    /** Waits for an event. */
    public final void await(String event) {
        Await.until(event + " in " + events(), () -> count(event) > 0);
    }

    /** Returns what was received so far. */
    public final byte[] received() {
        synchronized (events) {
            return received.toByteArray();
        }
    }

    /** Returns what was received so far, as text. */
    public final String text() {
        return new String(received(), StandardCharsets.ISO_8859_1);
    }

    /** Waits until a number of bytes were received. */
    public final byte[] awaitBytes(int count) {
        Await.until(count + " bytes", () -> receivedCount() >= count);
        return received();
    }

    private int receivedCount() {
        synchronized (events) {
            return received.size();
        }
    }

    /** Waits for {@code connectionLost} and returns its cause. */
    public final @Nullable Throwable awaitLost() {
        await("lost");
        synchronized (events) {
            return lossCause;
        }
    }
}
