package aio.bench.micro;

import static aio.bench.micro.Subjects.AIO;
import static aio.bench.micro.Subjects.AIO_AGAIN;
import static aio.bench.micro.Subjects.ASYNCIO;
import static aio.bench.micro.Subjects.DEQUE;
import static aio.bench.micro.Subjects.HANDLES;
import static aio.bench.micro.Subjects.NETTY_EPOLL;
import static aio.bench.micro.Subjects.NETTY_NIO;
import static aio.bench.micro.Subjects.NIO;
import static aio.bench.micro.Subjects.SPINNING;
import static aio.bench.micro.Subjects.UVLOOP;

import aio.bench.Options;
import java.util.List;
import java.util.Map;

/** What it costs to run a callback, from inside the loop and from other threads. */
public final class Callbacks {
    private static final String TABLE = "callbacks";

    private Callbacks() {}

    /** The command {@code callbacks}. */
    public static void run(Options options) throws Exception {
        Rotation rotation = new Rotation(TABLE, cases(), 0.2, options);
        rotation.run(options, each -> rotation.times(5, 3), Rotation.time(TABLE));
    }

    private static List<Case> cases() {
        return List.of(
                new Case("callSoon x 1000", SoonBenchmark.class, "thousandPerTurn", Map.of(),
                        List.of(AIO, AIO_AGAIN, DEQUE, HANDLES, NETTY_NIO, ASYNCIO, UVLOOP)),
                new Case("execute x 1000", SoonBenchmark.class, "thousandExecuted", Map.of(),
                        List.of(AIO, NETTY_NIO)),
                new Case("chain with a reader", SoonBenchmark.class, "chain", Map.of("watches", "true"),
                        List.of(AIO, AIO_AGAIN, NIO, NETTY_NIO, ASYNCIO, UVLOOP)),
                new Case("chain alone", SoonBenchmark.class, "chain", Map.of("watches", "false"),
                        List.of(AIO, NETTY_NIO, ASYNCIO, UVLOOP)),
                flood("callSoonThreadsafe from 1 thread", "flood", 1, AIO, AIO_AGAIN, NETTY_NIO, SPINNING),
                flood("callSoonThreadsafe from 4 threads", "flood", 4, AIO, AIO_AGAIN, NETTY_NIO, SPINNING),
                // Netty's is the same as the one above
                flood("execute from 1 thread", "floodExecuted", 1, AIO),
                new Case("ping-pong", ThreadsafeBenchmark.class, "pingPong", Map.of(),
                        List.of(AIO, AIO_AGAIN, SPINNING, NETTY_NIO, NETTY_EPOLL, ASYNCIO, UVLOOP)));
    }

    private static Case flood(String name, String method, int threads, String... subjects) {
        return new Case(name, ThreadsafeBenchmark.class, method, Map.of("threads", Integer.toString(threads)),
                List.of(subjects));
    }
}
