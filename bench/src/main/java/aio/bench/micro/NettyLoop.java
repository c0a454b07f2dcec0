package aio.bench.micro;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.SocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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

    EventLoop loop() {
        return loop;
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
    public void watchSilence() {
        new ServerBootstrap().group(group).channel(listener)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel connection) {
                        connection.close();
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).syncUninterruptibly();
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
}
