package aio.testkit.net;

import aio.testkit.Await;
import aio.transport.DatagramProtocol;
import aio.transport.DatagramTransport;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Records its calls: {@code made}, the text of each datagram, {@code error}, {@code pause}, {@code resume},
 * {@code lost}. Override a method to do more; call its super method first. The getters may be called from any thread.
 */
public class RecordingDatagramProtocol implements DatagramProtocol {
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final List<String> texts = new CopyOnWriteArrayList<>();
    private final List<SocketAddress> senders = new CopyOnWriteArrayList<>();
    private final List<Exception> errors = new CopyOnWriteArrayList<>();
    private volatile @Nullable DatagramTransport transport;
    private volatile @Nullable Throwable lossCause;

    /** Makes one. */
    public RecordingDatagramProtocol() {}

    /** Makes one that sends everything back to its sender. */
    public static RecordingDatagramProtocol echo() {
        return new RecordingDatagramProtocol() {
            @Override
            public void datagramReceived(ByteBuffer data, SocketAddress sender) {
                super.datagramReceived(data, sender);
                transport().sendTo(data, sender);
            }
        };
    }

    @Override
    public void connectionMade(DatagramTransport made) {
        transport = made;
        events.add("made");
    }

    @Override
    public void datagramReceived(ByteBuffer data, SocketAddress sender) {
        String text = StandardCharsets.ISO_8859_1.decode(data.duplicate()).toString();
        senders.add(sender);
        texts.add(text);
        events.add(text);
    }

    @Override
    public void errorReceived(Exception cause) {
        errors.add(cause);
        events.add("error");
    }

    @Override
    public void connectionLost(@Nullable Throwable cause) {
        lossCause = cause;
        events.add("lost");
    }

    @Override
    public void pauseWriting() {
        events.add("pause");
    }

    @Override
    public void resumeWriting() {
        events.add("resume");
    }

    /** Returns the transport; waits for it. */
    public final DatagramTransport transport() {
        DatagramTransport present = transport;
        if (present != null) {
            return present;
        }
        Await.until("connectionMade", () -> transport != null);
        return transport();
    }

    /** Returns the events so far. */
    public final List<String> events() {
        return List.copyOf(events);
    }

    /** Waits for an event. */
    public final void await(String event) {
        Await.until(event + " in " + events, () -> events.contains(event));
    }

    /** Waits until a number of datagrams were received, and returns them. */
    public final List<String> awaitTexts(int count) {
        Await.until(count + " datagrams, so far " + texts, () -> texts.size() >= count);
        return List.copyOf(texts);
    }

    /** Returns the senders of the datagrams. */
    public final List<SocketAddress> senders() {
        return List.copyOf(senders);
    }

    /** Waits for an error and returns the first one. */
    public final Exception awaitError() {
        Await.until("an error in " + events, () -> !errors.isEmpty());
        return errors.get(0);
    }

    /** Waits for {@code connectionLost} and returns its cause. */
    public final @Nullable Throwable awaitLost() {
        await("lost");
        return lossCause;
    }
}
