package aio.testkit.process;

import aio.process.SubprocessProtocol;
import aio.process.SubprocessTransport;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Records what a child did. Thread safety: the thread of the loop, or any while the loop does not run. */
public class RecordingSubprocessProtocol implements SubprocessProtocol {
    private final List<String> events = new ArrayList<>();
    private final Set<Thread> threads = new LinkedHashSet<>();
    private final List<ByteArrayOutputStream> data =
            List.of(new ByteArrayOutputStream(), new ByteArrayOutputStream(), new ByteArrayOutputStream());
    private final @Nullable Throwable[] causes = new Throwable[3];
    private @Nullable SubprocessTransport transport;
    private OptionalInt codeAtExit = OptionalInt.empty();

    @Override
    public void connectionMade(SubprocessTransport made) {
        transport = made;
        add("made");
    }

    @Override
    public void pipeDataReceived(int fd, ByteBuffer received) {
        byte[] copy = new byte[received.remaining()];
        received.get(copy);
        data.get(fd).writeBytes(copy);
        add("data " + fd);
    }

    @Override
    public void pipeConnectionLost(int fd, @Nullable Throwable cause) {
        causes[fd] = cause;
        add("lost " + fd);
    }

    @Override
    public void processExited() {
        codeAtExit = transport().getReturncode();
        add("exited");
    }

    @Override
    public void connectionLost(@Nullable Throwable cause) {
        add("lost");
    }

    /** Returns the events, in order; repeated data of one pipe is one event. */
    public List<String> events() {
        return List.copyOf(events);
    }

    /** Returns the threads that called. */
    public Set<Thread> threads() {
        return Set.copyOf(threads);
    }

    /** Returns what came from a pipe, as text. */
    public String text(int fd) {
        return data.get(fd).toString(StandardCharsets.ISO_8859_1);
    }

    /** Returns what came from a pipe. */
    public byte[] bytes(int fd) {
        return data.get(fd).toByteArray();
    }

    /** Returns why a pipe was lost, or null. */
    public @Nullable Throwable cause(int fd) {
        return causes[fd];
    }

    /** Returns the return code that was visible in {@code processExited}. */
    public OptionalInt codeAtExit() {
        return codeAtExit;
    }

    /** Returns the transport. */
    public SubprocessTransport transport() {
        return Objects.requireNonNull(transport, "connectionMade was not called");
    }

    /** Tells whether all is over. */
    public boolean isOver() {
        return events.contains("lost");
    }

    private void add(String event) {
        threads.add(Thread.currentThread());
        if (events.isEmpty() || !event.startsWith("data") || !events.get(events.size() - 1).equals(event)) {
            events.add(event);
        }
    }
}
