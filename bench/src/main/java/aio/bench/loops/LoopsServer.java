package aio.bench.loops;

import aio.EventLoops;
import aio.loop.EventLoop;
import aio.policy.EventLoopPolicy;
import aio.transport.StreamProtocol;
import aio.transport.StreamTransport;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * An echo server on a number of loops, which get the connections in turn: {@code aio <loops>} or {@code netty <loops>}.
 */
public final class LoopsServer {
    private static final int BACKLOG = 4096;

    private LoopsServer() {}

    /** Serves until its input ends. */
    public static void main(String[] args) throws Exception {
        int loops = Integer.parseInt(args[1]);
        int port = switch (args[0]) {
            case "aio" -> aio(loops);
            case "netty" -> netty(loops);
            default -> throw new IllegalArgumentException("\"" + args[0] + "\" is unknown: expected aio or netty");
        };
        System.out.println("port " + port);
        while (System.in.read() >= 0) {
            // there are no orders
        }
        System.exit(0);
    }

    private static int aio(int count) throws IOException {
        EventLoopPolicy policy = EventLoops.policy("winselector");
        List<EventLoop> loops = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            EventLoop loop = policy.newEventLoop();
            new Thread(loop::runForever, "loop-" + i).start();
            loops.add(loop);
        }
        ServerSocketChannel listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress("127.0.0.1", 0), BACKLOG);
        new Thread(() -> spread(listener, loops), "acceptor").start();
        return listener.socket().getLocalPort();
    }

    private static void spread(ServerSocketChannel listener, List<EventLoop> loops) {
        try {
            for (int i = 0; true; i++) {
                SocketChannel channel = listener.accept();
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                loops.get(i % loops.size()).connectAcceptedSocket(Echo::new, channel);
            }
        } catch (IOException e) {
            System.err.println("accepts no more: " + e);
        }
    }

    private static int netty(int count) throws InterruptedException {
        IoHandlerFactory io = NioIoHandler.newFactory();
        return ((InetSocketAddress) new ServerBootstrap()
                .group(new MultiThreadIoEventLoopGroup(1, io), new MultiThreadIoEventLoopGroup(count, io))
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(NettyEcho.INSTANCE)
                .bind("127.0.0.1", 0).sync().channel().localAddress()).getPort();
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
    }

    /** All connections. */
    @Sharable
    private static final class NettyEcho extends ChannelInboundHandlerAdapter {
        static final NettyEcho INSTANCE = new NettyEcho();

        @Override
        public void channelRead(ChannelHandlerContext context, Object bytes) {
            context.write(bytes, context.voidPromise());
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }
    }
}
