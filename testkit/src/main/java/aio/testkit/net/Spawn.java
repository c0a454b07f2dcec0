package aio.testkit.net;

import aio.testkit.Await;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** A protocol factory that remembers its protocols. */
final class Spawn<P> implements Supplier<P> {
    private final Supplier<P> factory;
    private final List<P> made = new CopyOnWriteArrayList<>();

    Spawn(Supplier<P> factory) {
        this.factory = factory;
    }

    static Spawn<RecordingProtocol> recording() {
        return new Spawn<>(RecordingProtocol::new);
    }

    static Spawn<RecordingProtocol> echo() {
        return new Spawn<>(RecordingProtocol::echo);
    }

    @Override
    public P get() {
        P protocol = factory.get();
        made.add(protocol);
        return protocol;
    }

    int count() {
        return made.size();
    }

    /** Waits until so many were made, and the last of them was told of its connection. */
    P nth(int index) {
        Await.until("protocol " + index, () -> made.size() > index);
        P protocol = made.get(index);
        if (protocol instanceof RecordingProtocol recording) {
            recording.transport();
        }
        return protocol;
    }
}
