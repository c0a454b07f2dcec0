package aio.bench.echo.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousChannelGroup;
import java.nio.channels.AsynchronousServerSocketChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.CompletionHandler;

/** The bare asynchronous channels of the JDK, their completion handlers on one thread. */
public final class Nio2Server implements CompletionHandler<AsynchronousSocketChannel, Void> {
    private final AsynchronousServerSocketChannel listener;

    private Nio2Server(AsynchronousServerSocketChannel listener) {
        this.listener = listener;
    }

    public static void main(String[] args) throws IOException {
        AsynchronousChannelGroup group = AsynchronousChannelGroup.withFixedThreadPool(1, Thread::new);
        AsynchronousServerSocketChannel listener = AsynchronousServerSocketChannel.open(group);
        listener.bind(new InetSocketAddress("127.0.0.1", 0), Control.BACKLOG);
        listener.accept(null, new Nio2Server(listener));
        Control.start(((InetSocketAddress) listener.getLocalAddress()).getPort());
    }

    @Override
    public void completed(AsynchronousSocketChannel channel, Void nothing) {
        listener.accept(null, this);
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            new Connection(channel).read();
        } catch (IOException e) {
            System.err.println("cannot set up " + channel + ": " + e);
        }
    }

    @Override
    public void failed(Throwable cause, Void nothing) {
        System.err.println("accepts no more: " + cause);
    }

    /**
     * One connection. Its buffer cannot be shared, since a read is always pending; so it grows only where reads fill
     * it.
     */
    private static final class Connection implements CompletionHandler<Integer, Boolean> {
        private static final int LARGEST = 256 * 1024;

        private final AsynchronousSocketChannel channel;
        private ByteBuffer buffer = ByteBuffer.allocateDirect(4096);

        Connection(AsynchronousSocketChannel channel) {
            this.channel = channel;
        }

        void read() {
            if (buffer.limit() == buffer.capacity() && buffer.position() == buffer.limit()
                    && buffer.limit() < LARGEST) {
                buffer = ByteBuffer.allocateDirect(buffer.capacity() * 2);
            }
            channel.read(buffer.clear(), true, this);
        }

        @Override
        public void completed(Integer count, Boolean reading) {
            if (count < 0) {
                close();
            } else if (reading) {
                channel.write(buffer.flip(), false, this);
            } else if (buffer.hasRemaining()) {
                channel.write(buffer, false, this);
            } else {
                read();
            }
        }

        @Override
        public void failed(Throwable cause, Boolean reading) {
            close();
        }

        private void close() {
            try {
                channel.close();
            } catch (IOException e) {
                System.err.println("cannot close " + channel + ": " + e);
            }
        }
    }
}
