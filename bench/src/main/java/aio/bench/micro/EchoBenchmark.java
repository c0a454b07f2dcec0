package aio.bench.micro;

import java.io.EOFException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What the thread of a loop allocates for each echo; the client is a blocking channel of this thread. */
@State(Scope.Benchmark)
public class EchoBenchmark {
    private static final int ECHOES = 1_000;
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** The name of the loop. */
    @Param(Subjects.AIO)
    public String subject = "";

    /** Bytes of each message. */
    @Param("1024")
    public int size;

    private MeasuredLoop loop; // all set by open
    private SocketChannel client;
    private ByteBuffer message;
    private long loopThread;

    /** What an iteration measures; sums. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Counters {
        /** Messages that came back. */
        public long echoes;

        /** Bytes that the loop's thread allocated meanwhile. */
        public long bytes;

        private long before;

        /** Notes what was allocated before. */
        @Setup(Level.Iteration)
        public void start(EchoBenchmark benchmark) {
            echoes = 0;
            before = benchmark.allocated();
        }

        /** Notes what was allocated since. */
        @TearDown(Level.Iteration)
        public void end(EchoBenchmark benchmark) {
            bytes = benchmark.allocated() - before;
        }
    }

    /** Starts the server and connects. */
    @Setup
    public void open() throws IOException {
        loop = Subjects.open(subject);
        client = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), loop.serveEcho()));
        message = ByteBuffer.allocateDirect(size);
        loop.run(() -> {
            loopThread = Thread.currentThread().getId();
            loop.finish();
        });
    }

    private long allocated() {
        return THREADS.getThreadAllocatedBytes(loopThread);
    }

    /** Closes both. */
    @TearDown
    public void close() throws IOException {
        client.close();
        loop.close();
    }

    /** Echoes, one after the other. */
    @Benchmark
    @OperationsPerInvocation(ECHOES)
    public void echo(Counters counters) throws IOException {
        for (int i = 0; i < ECHOES; i++) {
            message.clear();
            while (message.hasRemaining()) {
                client.write(message);
            }
            message.clear();
            while (message.hasRemaining()) {
                if (client.read(message) < 0) {
                    throw new EOFException("the server of \"" + subject + "\" closed the connection");
                }
            }
        }
        counters.echoes += ECHOES;
    }
}
