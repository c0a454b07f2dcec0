package aio.bench.micro;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.SocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** One loop of Netty. */
final class NettyLoop implements MeasuredLoop {
    private final MultiThreadIoEventLoopGroup group;
    private final EventLoop loop;
    private final Class<? extends ServerChannel> listener;
    private final Semaphore finished = new Semaphore(0);

    NettyLoop(IoHandlerFactory handler, Class<? extends ServerChannel> listener) {
        group = new MultiThreadIoEventLoopGroup(1, handler);
        loop = group.next();
        this.listener = listener;
    }

    @Override
    public void soon(Runnable callback) {
        loop.execute(callback);
    }

    @Override
    public void soonThreadsafe(Runnable callback) {
        loop.execute(callback);
    }

    @Override
    public Object later(Delay delay, Runnable callback) {
        return loop.schedule(callback, delay.nanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void cancel(Object timer) {
        ((ScheduledFuture<?>) timer).cancel(false);
    }

    @Override
    public void watchSilence() {
        serveEcho(); // no client connects to it
    }

    @Override
    public int serveEcho() {
        Channel server = new ServerBootstrap().group(group).channel(listener)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel connection) {
                        connection.pipeline().addLast(new Echo());
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).syncUninterruptibly().channel();
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    @Override
    public void run(Runnable first) {
        loop.execute(first);
        finished.acquireUninterruptibly();
    }

    @Override
    public void finish() {
        finished.release();
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /** Sends back what it receives. */
    private static final class Echo extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object data) {
            context.writeAndFlush(data, context.voidPromise());
        }
    }
}
