package aio.core.net;

import aio.core.kernel.Kernel;
import aio.core.kernel.Resident;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A channel that the loop owns already while it waits in the loop's queue to be served. Closed with the loop, like one
 * that is served. Loop thread, except for {@link #of}.
 */
final class Handed implements Resident {
    private final Kernel kernel;
    private final SocketChannel channel;
    private final Object user;
    private boolean over;

    private Handed(Kernel kernel, SocketChannel channel, Object user) {
        this.kernel = kernel;
        this.channel = channel;
        this.user = user;
    }

    /**
     * Takes a channel.
     *
     * @param user the object of the user that is going to be called
     */
    static Handed of(Kernel kernel, SocketChannel channel, Object user) {
        Handed handed = new Handed(kernel, channel, user);
        kernel.residents().keep(handed);
        if (kernel.isClosed()) {
            handed.loopClosed();
        }
        return handed;
    }

    /** Passes it on, unless it was closed meanwhile. */
    void to(Consumer<SocketChannel> server) {
        if (!over) {
            over = true;
            kernel.residents().release(this);
            server.accept(channel);
        }
    }

    void close() {
        to(Channels::closeQuietly);
    }

    @Override
    public Object user() {
        return user;
    }

    @Override
    public void end(@Nullable Throwable cause) {
        close();
    }

    @Override
    public void loopClosed() {
        close();
    }
}
