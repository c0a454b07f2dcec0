package aio.core.net;

import aio.core.foreign.PortCalls;
import aio.core.kernel.Kernel;
import aio.core.statistics.Count;
import aio.core.transport.Served;
import aio.loop.ExceptionContext;
import aio.spi.IoDriver;
import aio.spi.ListenerEvents;
import aio.spi.ListenerPort;
import java.io.IOException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One listening socket of a server. Loop thread. */
final class Listener extends Served<ListenerPort> implements ListenerEvents {
    private static final long RETRY_NANOS = 1_000_000_000; // asyncio's ACCEPT_RETRY_DELAY

    private final ServerSocketChannel channel;
    private final CoreServer server;
    private final Set<Handed> late = new LinkedHashSet<>(2);
    private boolean serving;
    private boolean outOfResources;

    Listener(Kernel kernel, ServerSocketChannel channel, CoreServer server) {
        super(kernel);
        this.channel = channel;
        this.server = server;
    }

    void startServing() {
        serving = true;
        applyAccepting();
    }

    private void applyAccepting() {
        ListenerPort present = port();
        if (present == null) {
            return;
        }
        kernel.ioHappened();
        PortCalls.accept(present, serving && !outOfResources, this);
    }

    @Override
    public void accepted(SocketChannel accepted) {
        if (kernel.seat().owns(accepted)) {
            driverFailed(new IllegalStateException("the driver says that it has accepted " + accepted
                    + ", which is connected and in use"));
        } else if (!kernel.seat().isReleasing()) {
            server.accepted(accepted);
        } else if (isAttached()) {
            Handed handed = Handed.of(kernel, accepted, user());
            late.add(handed);
            kernel.callSoon(() -> { // no code of the user may run here
                late.remove(handed);
                handed.to(server::accepted);
            });
        } else {
            Channels.closeQuietly(accepted); // as the kernel does with its backlog
        }
    }

    /** Closes the socket, and the accepted channels that still wait. */
    void close() {
        leaveDriver();
        Channels.closeQuietly(channel);
        late.forEach(Handed::close);
        late.clear();
    }

    @Override
    public void failed(IOException cause) {
        if (!channel.isOpen()) {
            return;
        }
        kernel.meter().count(Count.ACCEPTS_FAILED);
        IOException failure = PortCalls.cause(cause);
        kernel.report(ExceptionContext.of("socket.accept() out of system resource", failure)
                .with("socket", channel));
        outOfResources = true;
        applyAccepting();
        kernel.callAt(kernel.now() + RETRY_NANOS, () -> {
            outOfResources = false;
            applyAccepting();
        });
    }

    @Override
    public Kind kind() {
        return Kind.LISTENER;
    }

    @Override
    public ServerSocketChannel channel() {
        return channel;
    }

    @Override
    public Object user() {
        return server.protocolFactory();
    }

    @Override
    public void end(@Nullable Throwable cause) {
        server.close();
    }

    @Override
    protected ListenerPort serve(IoDriver driver) throws IOException {
        return driver.adopt(channel, this);
    }

    @Override
    protected void restore(ListenerPort fresh) {
        if (serving && !outOfResources) {
            fresh.resumeAccepting();
        }
    }

    @Override
    public String toString() {
        return server.toString();
    }

    @Override
    protected void lost(Throwable cause) {
        kernel.report(ExceptionContext.of("a listening socket of " + server + " was lost", cause)
                .with("socket", (SelectableChannel) channel));
        server.close();
    }
}
