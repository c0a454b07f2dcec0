package aio.bench.micro;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** The least a loop can be: a queue, and a selector that is asked once a turn, or none. It runs on the calling thread. */
final class BareLoop implements MeasuredLoop {
    private final ArrayDeque<Runnable> ready = new ArrayDeque<>();
    private final @Nullable Selector selector;
    private @Nullable Pipe silence;
    private boolean finished;

    BareLoop(boolean polls) throws IOException {
        selector = polls ? Selector.open() : null;
    }

    @Override
    public void soon(Runnable callback) {
        ready.addLast(callback);
    }

    @Override
    public void soonThreadsafe(Runnable callback) {
        throw new UnsupportedOperationException("the bare loop has one thread: measure another subject");
    }

    @Override
    public void watchSilence() throws IOException {
        if (selector != null) {
            Pipe pipe = Pipe.open();
            pipe.source().configureBlocking(false).register(selector, SelectionKey.OP_READ);
            silence = pipe;
        }
    }

    @Override
    public void run(Runnable first) {
        ready.addLast(first);
        finished = false;
        try {
            while (!finished) {
                turn();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void turn() throws IOException {
        if (selector != null) {
            selector.selectNow();
        }
        for (int left = ready.size(); left > 0; left--) {
            ready.pollFirst().run();
        }
    }

    @Override
    public void finish() {
        finished = true;
    }

    @Override
    public void close() throws IOException {
        if (selector != null) {
            selector.close();
        }
        if (silence != null) {
            silence.source().close();
            silence.sink().close();
        }
    }
}
