package aio.bench.statistics;

import aio.EventLoops;
import aio.loop.EventLoop;
import aio.loop.Server;
import aio.loop.ServerOptions;
import aio.transport.StreamProtocol;
import java.util.function.IntSupplier;

/** A loop that echoes. It is loaded with a copy of aio of its own, so it is reached through a type of the JDK. */
public final class EchoLoop implements IntSupplier {
    private final Server server;

    /** Begins to serve, on a thread of its own. */
    public EchoLoop() throws Exception {
        EventLoop loop = EventLoops.policy("winselector").newEventLoop();
        server = loop.runUntilComplete(loop.createServer(
                () -> StreamProtocol.of((transport, data) -> transport.write(data)), ServerOptions.at("127.0.0.1", 0)));
        Thread runner = new Thread(loop::runForever, "echo");
        runner.setDaemon(true);
        runner.start();
    }

    /** Returns the port. */
    @Override
    public int getAsInt() {
        return server.port();
    }
}
