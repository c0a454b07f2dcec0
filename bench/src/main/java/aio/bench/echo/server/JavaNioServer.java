package aio.bench.echo.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;

/** The bare selector, as fast as the JDK goes: the measure of every loop on top of it. */
public final class JavaNioServer {
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(256 * 1024);
    private final Selector selector;

    private JavaNioServer(Selector selector) {
        this.selector = selector;
    }

    public static void main(String[] args) throws IOException {
        JavaNioServer server = new JavaNioServer(Selector.open());
        ServerSocketChannel listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress("127.0.0.1", 0), Control.BACKLOG);
        listener.configureBlocking(false);
        listener.register(server.selector, SelectionKey.OP_ACCEPT);
        Control.start(listener.socket().getLocalPort());
        Consumer<SelectionKey> ready = server::ready; // one for all turns
        while (true) {
            server.selector.select(ready);
        }
    }

    private void ready(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                accept((ServerSocketChannel) key.channel());
            } else if (key.isReadable()) {
                echo(key, (SocketChannel) key.channel());
            } else {
                writeRest(key, (SocketChannel) key.channel());
            }
        } catch (IOException e) {
            close(key);
        }
    }

    private void accept(ServerSocketChannel listener) throws IOException {
        for (SocketChannel channel = listener.accept(); channel != null; channel = listener.accept()) {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.register(selector, SelectionKey.OP_READ);
        }
    }

    private void echo(SelectionKey key, SocketChannel channel) throws IOException {
        buffer.clear();
        if (channel.read(buffer) < 0) {
            channel.close();
            return;
        }
        buffer.flip();
        channel.write(buffer);
        if (buffer.hasRemaining()) {
            key.attach(ByteBuffer.allocate(buffer.remaining()).put(buffer).flip());
            key.interestOps(SelectionKey.OP_WRITE);
        }
    }

    private static void writeRest(SelectionKey key, SocketChannel channel) throws IOException {
        ByteBuffer rest = (ByteBuffer) key.attachment();
        channel.write(rest);
        if (!rest.hasRemaining()) {
            key.attach(null);
            key.interestOps(SelectionKey.OP_READ);
        }
    }

    private static void close(SelectionKey key) {
        try {
            key.channel().close();
        } catch (IOException e) {
            System.err.println("cannot close " + key.channel() + ": " + e);
        }
    }
}
