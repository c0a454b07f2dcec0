package aio.bench.echo.server;

import aio.EventLoops;
import aio.bench.echo.Certificate;
import aio.loop.EventLoop;
import aio.loop.Server;
import aio.loop.ServerOptions;
import aio.loop.TlsOptions;
import aio.policy.EventLoopPolicy;
import aio.transport.StreamProtocol;
import aio.transport.StreamTransport;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * A loop of aio as a user sets it up: {@code selector}, {@code proactor} or {@code uring}; with a key store after that,
 * over TLS.
 */
public final class AioServer {
    private AioServer() {}

    public static void main(String[] args) throws Exception {
        EventLoop loop = policyOn(args[0]).newEventLoop();
        ServerOptions options = ServerOptions.at("127.0.0.1", 0).withBacklog(Control.BACKLOG);
        if (args.length > 1) {
            options = options.withTls(TlsOptions.server(Certificate.context(Path.of(args[1]))));
        }
        Server server = loop.runUntilComplete(loop.createServer(Echo::new, options));
        Control.start(server.port());
        loop.runForever();
    }

    private static EventLoopPolicy policyOn(String driver) {
        return EventLoops.policy(switch (driver) {
            case "selector" -> "winselector";
            case "proactor" -> "winproactor";
            case "uring" -> "uring"; // a build on an older JDK has none
            default -> throw new IllegalArgumentException(
                    "driver \"" + driver + "\" is unknown: expected selector, proactor or uring");
        });
    }

    /** One connection. */
    private static final class Echo implements StreamProtocol {
        private StreamTransport transport;

        @Override
        public void connectionMade(StreamTransport made) {
            transport = made;
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            transport.write(data);
        }

        @Override
        public void pauseWriting() {
            transport.pauseReading();
        }

        @Override
        public void resumeWriting() {
            transport.resumeReading();
        }
    }
}
