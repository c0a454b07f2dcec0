package aio.testkit.spi;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Two connected ends: ours non-blocking, the peer's blocking. */
public record Pair(SocketChannel ours, SocketChannel peer) implements AutoCloseable {

    /** The kinds of stream. */
    public enum Family { TCP, UNIX }

    /** Opens a pair of TCP sockets. */
    public static Pair tcp() throws IOException {
        return open(Family.TCP);
    }

    /** Opens a pair of a kind. */
    public static Pair open(Family family) throws IOException {
        if (family == Family.TCP) {
            try (ServerSocketChannel server = listener(1)) {
                return connect(server);
            }
        }
        Path folder = Files.createTempDirectory("aio");
        Path path = folder.resolve("s");
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(path));
            return connect(server);
        } finally {
            Files.deleteIfExists(path);
            Files.delete(folder);
        }
    }

    private static Pair connect(ServerSocketChannel server) throws IOException {
        SocketAddress address = server.getLocalAddress();
        SocketChannel peer = SocketChannel.open(address);
        SocketChannel ours = server.accept();
        ours.configureBlocking(false);
        return new Pair(ours, peer);
    }

    /** Returns a listening TCP socket on the loopback interface, in blocking mode. */
    public static ServerSocketChannel listener(int backlog) throws IOException {
        return ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), backlog);
    }

    /** Sends the text from the peer, all of it. */
    public void send(String text) throws IOException {
        ByteBuffer bytes = bytes(text);
        while (bytes.hasRemaining()) {
            peer.write(bytes);
        }
    }

    /** Returns the bytes of a text. */
    public static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        peer.close();
        ours.close();
    }
}
