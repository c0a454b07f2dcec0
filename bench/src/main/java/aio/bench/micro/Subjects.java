package aio.bench.micro;

import aio.EventLoops;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;

/** The loops that are compared, by name. */
final class Subjects {
    static final String AIO = "aio selector";
    static final String AIO_AGAIN = "aio selector (A/A)";
    static final String DEQUE = "ArrayDeque";
    static final String HANDLES = "ArrayDeque of handles";
    static final String SPINNING = "spinning thread";
    static final String HEAP = "PriorityQueue";
    static final String NIO = "java.nio";
    static final String NETTY_NIO = "Netty NIO";
    static final String NETTY_EPOLL = "Netty epoll";
    static final String ASYNCIO = "asyncio";
    static final String UVLOOP = "uvloop";

    private Subjects() {}

    static MeasuredLoop open(String subject) throws IOException {
        return switch (subject) {
            case AIO, AIO_AGAIN -> new AioLoop(EventLoops.policy("winselector"));
            case DEQUE -> new BareLoop(false, false);
            case HANDLES -> new BareLoop(false, true);
            case SPINNING -> new SpinningLoop();
            case NIO, HEAP -> new BareLoop(true, false);
            case NETTY_NIO -> new NettyLoop(NioIoHandler.newFactory(), NioServerSocketChannel.class);
            case NETTY_EPOLL -> new NettyLoop(EpollIoHandler.newFactory(), EpollServerSocketChannel.class);
            default -> throw new IllegalArgumentException("unknown subject \"" + subject + "\"");
        };
    }

    /** Tells why a subject cannot be measured here, or returns the empty text. */
    static String absence(String subject, Python python) {
        return switch (subject) {
            case NETTY_EPOLL -> Epoll.isAvailable() ? "" : String.valueOf(Epoll.unavailabilityCause());
            case ASYNCIO, UVLOOP -> python.absence(subject);
            default -> "";
        };
    }
}
