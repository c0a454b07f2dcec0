package aio.bench.micro;

import aio.EventLoops;
import aio.loop.EventLoop;
import aio.loop.Server;
import aio.loop.ServerOptions;
import aio.loop.TimerHandle;
import aio.policy.EventLoopPolicy;
import aio.transport.StreamProtocol;
import aio.transport.StreamTransport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** A loop of aio on a thread of its own. */
final class AioLoop implements MeasuredLoop {
    private final EventLoop loop;
    private final Thread thread;
    private final Semaphore finished = new Semaphore(0);
    private @Nullable Pipe silence;

    AioLoop(EventLoopPolicy policy) {
        Quiet.log();
        EventLoops.setEventLoopPolicy(policy);
        loop = EventLoops.newEventLoop();
        thread = new Thread(loop::runForever, "loop");
        thread.start();
    }

    @Override
    public void soon(Runnable callback) {
        loop.callSoon(callback);
    }

    @Override
    public void soonThreadsafe(Runnable callback) {
        loop.callSoonThreadsafe(callback);
    }

    @Override
    public void execute(Runnable callback) {
        loop.execute(callback);
    }

    @Override
    public Object later(Delay delay, Runnable callback) {
        return loop.callLater(delay.duration(), callback);
    }

    @Override
    public void cancel(Object timer) {
        ((TimerHandle) timer).cancel();
    }

    @Override
    public int serveEcho() {
        Server server = loop.createServer(Echo::new, ServerOptions.at("127.0.0.1", 0)).toCompletableFuture().join();
        return ((InetSocketAddress) server.addresses().get(0)).getPort();
    }

    @Override
    public void watchSilence() throws IOException {
        Pipe pipe = Pipe.open();
        pipe.source().configureBlocking(false);
        silence = pipe;
        run(() -> {
            loop.addReader(pipe.source(), () -> { });
            finish();
        });
    }

    @Override
    public void run(Runnable first) {
        loop.callSoonThreadsafe(first);
        finished.acquireUninterruptibly();
    }

    @Override
    public void finish() {
        finished.release();
    }

    @Override
    public void close() throws IOException {
        loop.callSoonThreadsafe(loop::stop);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        loop.close();
        if (silence != null) {
            silence.source().close();
            silence.sink().close();
        }
    }

    /** Sends back what it receives. */
    private static final class Echo implements StreamProtocol {
        private @Nullable StreamTransport transport;

        @Override
        public void connectionMade(StreamTransport made) {
            transport = made;
        }

        @Override
        public void dataReceived(ByteBuffer data) {
            transport.write(data);
        }
    }
}
