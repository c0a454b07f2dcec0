package aio.bench.echo.server;

import aio.bench.echo.Certificate;
import aio.loop.EventLoop;
import aio.loop.Server;
import aio.loop.ServerOptions;
import aio.policy.EventLoopPolicy;
import aio.policy.winproactor.WindowsProactorEventLoopPolicy;
import aio.policy.winselector.WindowsSelectorEventLoopPolicy;
import aio.protocol.StreamProtocol;
import aio.transport.StreamTransport;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ServiceLoader;

/**
 * A loop of aio as a user sets it up: {@code selector}, {@code proactor} or {@code uring}; with a key store after it,
 * with TLS.
 */
public final class AioServer {
    private AioServer() {}

    public static void main(String[] args) throws Exception {
        EventLoop loop = policy(args[0]).newEventLoop();
        ServerOptions options = ServerOptions.at("127.0.0.1", 0).withBacklog(Control.BACKLOG);
        if (args.length > 1) {
            options = options.withSsl(Certificate.context(Path.of(args[1])));
        }
        Server server = loop.runUntilComplete(loop.createServer(Echo::new, options));
        Control.start(((InetSocketAddress) server.addresses().get(0)).getPort());
        loop.runForever();
    }

    private static EventLoopPolicy policy(String driver) {
        return switch (driver) {
            case "selector" -> new WindowsSelectorEventLoopPolicy();
            case "proactor" -> new WindowsProactorEventLoopPolicy();
            case "uring" -> uring();
            default -> throw new IllegalArgumentException(
                    "driver \"" + driver + "\" is unknown: expected selector, proactor or uring");
        };
    }

    /** By its service, since a build on an older JDK has no such class. */
    private static EventLoopPolicy uring() {
        return ServiceLoader.load(EventLoopPolicy.class).stream()
                .filter(provider -> provider.type().getSimpleName().equals("UringEventLoopPolicy"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("policy.uring is not there: build with JDK 22 or later"))
                .get();
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
