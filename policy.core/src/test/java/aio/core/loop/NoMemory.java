package aio.core.loop;

import aio.core.net.WriteQueue;
import aio.core.process.ProcessLauncher;
import aio.core.process.SharedReaper;
import aio.loop.EventLoop;
import aio.loop.LoopOptions;
import aio.transport.StreamProtocol;
import aio.transport.StreamTransport;
import aio.transport.WritePipeProtocol;
import aio.transport.WriteTransport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import org.jspecify.annotations.Nullable;

/** Writes more than there is memory for, and says what has become of it: in a process of its own. */
final class NoMemory {
    static final int LARGE = 64 * 1024 * 1024;
    static final String HEAP = "-Xmx32m";

    private static final ByteBuffer TEXT = HandingDriver.ascii("then");

    private final HandingDriver driver = new HandingDriver("full");
    private EventLoop loop;
    private @Nullable Throwable cause;

    private NoMemory() {}

    public static void main(String[] args) throws IOException {
        ByteBuffer large = ByteBuffer.allocateDirect(LARGE);
        switch (args[0]) {
            case "queue" -> queue(large);
            case "stream" -> new NoMemory().stream(large);
            case "pipe" -> new NoMemory().pipe(large);
            default -> throw new IllegalArgumentException(args[0]);
        }
        System.exit(0); // the threads of the loops
    }

    private static void queue(ByteBuffer large) throws IOException {
        WriteQueue queue = new WriteQueue();
        Sink sink = new Sink();
        try {
            queue.add(large);
        } catch (OutOfMemoryError e) {
            queue.writeTo(sink);
            System.out.println("no memory, then " + queue.size() + " bytes are left, empty: " + queue.isEmpty());
        }
    }

    private static final class Sink implements WritableByteChannel {
        @Override
        public int write(ByteBuffer source) {
            int count = source.remaining();
            source.position(source.limit());
            return count;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public void close() {}
    }

    private void stream(ByteBuffer large) throws IOException {
        begin(driver);
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            SocketChannel ours = SocketChannel.open(server.getLocalAddress());
            StreamTransport transport =
                    loop.runUntilComplete(loop.connectAcceptedSocket(this::ofStream, ours)).transport();
            HandingDriver.Stream port = driver.streams.get(0);
            loop.callSoon(() -> port.takesNothing = true);
            write(transport, large);
            loop.callSoon(() -> port.takesNothing = false);
            end(transport);
            System.out.println("sent: " + port.sent.size());
        }
    }

    private void pipe(ByteBuffer large) throws IOException {
        begin(null);
        WriteTransport transport =
                loop.runUntilComplete(loop.connectWritePipe(this::ofPipe, Pipe.open().sink())).transport();
        write(transport, large);
        end(transport);
    }

    private void begin(@Nullable HandingDriver on) {
        loop = new Loops(Origin.NONE, new ProcessLauncher(new SharedReaper())).newLoop(on, LoopOptions.defaults());
    }

    private void write(WriteTransport transport, ByteBuffer large) {
        loop.callSoon(() -> {
            transport.write(large);
            transport.write(TEXT.duplicate());
            transport.close();
        });
    }

    private void end(WriteTransport transport) {
        loop.runForever();
        System.out.println("lost: " + cause + ", because of " + (cause == null ? null : cause.getCause())
                + "\nwaiting: " + transport.getWriteBufferSize());
    }

    private void lost(@Nullable Throwable lossCause) {
        cause = lossCause;
        loop.stop();
    }

    private StreamProtocol ofStream() {
        return new StreamProtocol() {
            @Override
            public void connectionLost(@Nullable Throwable lossCause) {
                lost(lossCause);
            }
        };
    }

    private WritePipeProtocol ofPipe() {
        return new WritePipeProtocol() {
            @Override
            public void connectionLost(@Nullable Throwable lossCause) {
                lost(lossCause);
            }
        };
    }
}
