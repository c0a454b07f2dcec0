package aio.testkit.tls;

import aio.testkit.net.RecordingProtocol;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** A factory of recording protocols that remembers them. */
final class Spawned implements Supplier<RecordingProtocol> {
    private final Supplier<RecordingProtocol> factory;
    private final List<RecordingProtocol> all = new CopyOnWriteArrayList<>();

    Spawned(Supplier<RecordingProtocol> factory) {
        this.factory = factory;
    }

    static Spawned echo() {
        return new Spawned(RecordingProtocol::echo);
    }

    static Spawned silent() {
        return new Spawned(RecordingProtocol::new);
    }

    @Override
    public RecordingProtocol get() {
        RecordingProtocol protocol = factory.get();
        all.add(protocol);
        return protocol;
    }

    List<RecordingProtocol> all() {
        return all;
    }

    RecordingProtocol first() throws Exception {
        TlsContract.until("a protocol", () -> !all.isEmpty());
        return all.get(0);
    }
}
