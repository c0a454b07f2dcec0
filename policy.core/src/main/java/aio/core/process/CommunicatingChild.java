package aio.core.process;

import aio.core.foreign.Text;
import aio.core.kernel.CoreFuture;
import aio.core.kernel.Kernel;
import aio.loop.LoopFuture;
import aio.loop.Subprocess;
import aio.process.SubprocessProtocol;
import aio.process.SubprocessResult;
import aio.process.SubprocessTransport;
import aio.transport.ReadTransport;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A child whose output is collected: the protocol that belongs to a {@link Subprocess}. What is collected belongs to
 * the thread of the loop; users call from any.
 */
public final class CommunicatingChild implements SubprocessProtocol, Subprocess {
    private final Kernel kernel;
    private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    private final AtomicBoolean asked = new AtomicBoolean(); // set by the first call of communicate
    private final List<CoreFuture<Integer>> waiting = new ArrayList<>();
    private volatile @Nullable SubprocessTransport transport; // written on the loop before users get this object
    private @Nullable CoreFuture<SubprocessResult> result;
    private boolean over;
    private @Nullable Throwable cause;

    public CommunicatingChild(Kernel kernel) {
        this.kernel = kernel;
    }

    // ---- for users

    @Override
    public SubprocessTransport transport() {
        return Objects.requireNonNull(transport, "transport"); // users get this object only after connectionMade
    }

    @Override
    public LoopFuture<SubprocessResult> communicate(ByteBuffer input) {
        if (input.hasRemaining() && transport().stdin() == null) {
            throw new IllegalArgumentException("there is input for " + transport()
                    + ", but its standard input is no pipe: start it with one, or give none");
        }
        if (!asked.compareAndSet(false, true)) {
            throw new IllegalStateException("communicate was called before on " + transport()
                    + ": its output can be read once");
        }
        CoreFuture<SubprocessResult> future = new CoreFuture<>(kernel);
        kernel.execute(() -> begin(future, input));
        return future;
    }

    private void begin(CoreFuture<SubprocessResult> future, ByteBuffer input) {
        result = future;
        if (over) {
            finish(future);
            return;
        }
        SubprocessTransport to = transport();
        if (to.stdin() != null) {
            to.writeStdin(input);
            to.closeStdin();
        }
        pause(to.stdout(), false);
        pause(to.stderr(), false);
    }

    @Override
    public LoopFuture<Integer> waitFor() {
        CoreFuture<Integer> future = new CoreFuture<>(kernel);
        kernel.execute(() -> {
            waiting.add(future);
            tellExit();
        });
        return future;
    }

    // ---- for the loop

    @Override
    public void connectionMade(SubprocessTransport made) {
        transport = made;
        pause(made.stdout(), true);
        pause(made.stderr(), true);
    }

    private static void pause(@Nullable ReadTransport pipe, boolean pause) {
        if (pipe != null && pause) {
            pipe.pauseReading();
        } else if (pipe != null) {
            pipe.resumeReading();
        }
    }

    @Override
    public void pipeDataReceived(int fd, ByteBuffer data) {
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        (fd == 1 ? stdout : stderr).writeBytes(bytes);
    }

    @Override
    public void processExited() {
        tellExit();
    }

    @Override
    public void connectionLost(@Nullable Throwable why) {
        over = true;
        cause = why;
        tellExit();
        if (result != null) {
            finish(result);
        }
    }

    private void tellExit() {
        if (transport().getReturncode().isPresent()) {
            int code = transport().getReturncode().getAsInt();
            waiting.forEach(future -> future.complete(code));
            waiting.clear();
        } else if (over) {
            waiting.forEach(future -> future.fail(neverEnded()));
            waiting.clear();
        }
    }

    private void finish(CoreFuture<SubprocessResult> future) {
        if (cause != null || transport().getReturncode().isEmpty()) {
            future.fail(neverEnded());
        } else {
            future.complete(new SubprocessResult(
                    stdout.toByteArray(), stderr.toByteArray(), transport().getReturncode().getAsInt()));
        }
    }

    private Throwable neverEnded() {
        return cause != null ? cause : new IllegalStateException("the end of " + transport() + " is not known");
    }

    @Override
    public String toString() {
        SubprocessTransport made = transport;
        return made == null ? "a process that is being started" : Text.of(made);
    }
}
