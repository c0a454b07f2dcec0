package aio.bench.echo.server;

import aio.bench.echo.Certificate;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Netty with one event loop: {@code nio}, {@code epoll} or {@code io_uring}; with a key store after that, TLS of the
 * JDK.
 */
public final class NettyServer {
    private NettyServer() {}

    public static void main(String[] args) throws Exception {
        SslContext tls = args.length < 2 ? null : new JdkSslContext(Certificate.context(Path.of(args[1])), false, null,
                IdentityCipherSuiteFilter.INSTANCE, null, ClientAuth.NONE, null, false);
        switch (args[0]) {
            case "nio" -> serve(NioIoHandler.newFactory(), NioServerSocketChannel.class, tls);
            case "epoll" -> {
                if (!Epoll.isAvailable()) {
                    Control.missing(String.valueOf(Epoll.unavailabilityCause()));
                }
                serve(EpollIoHandler.newFactory(), EpollServerSocketChannel.class, tls);
            }
            case "io_uring" -> {
                if (!IoUring.isAvailable()) {
                    Control.missing(String.valueOf(IoUring.unavailabilityCause()));
                }
                serve(IoUringIoHandler.newFactory(), IoUringServerSocketChannel.class, tls);
            }
            default -> throw new IllegalArgumentException(
                    "transport \"" + args[0] + "\" is unknown: expected nio, epoll or io_uring");
        }
    }

    private static void serve(IoHandlerFactory io, Class<? extends ServerChannel> kind, @Nullable SslContext tls)
            throws InterruptedException {
        Channel listener = new ServerBootstrap()
                .group(new MultiThreadIoEventLoopGroup(1, io))
                .channel(kind)
                .option(ChannelOption.SO_BACKLOG, Control.BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        if (tls != null) {
                            channel.pipeline().addLast(tls.newHandler(channel.alloc()));
                        }
                        channel.pipeline().addLast(Echo.INSTANCE);
                    }
                })
                .bind("127.0.0.1", 0).sync().channel();
        Control.start(((InetSocketAddress) listener.localAddress()).getPort());
    }

    /** Writes what is read, and flushes once for all that was read in a turn. */
    @Sharable
    private static final class Echo extends ChannelInboundHandlerAdapter {
        static final Echo INSTANCE = new Echo();

        @Override
        public void channelRead(ChannelHandlerContext context, Object bytes) {
            context.write(bytes, context.voidPromise());
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            context.flush();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
