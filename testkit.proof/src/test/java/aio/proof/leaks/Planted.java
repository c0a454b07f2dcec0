package aio.proof.leaks;

import aio.EventLoops;
import aio.loop.ConnectionOptions;
import aio.loop.DatagramOptions;
import aio.loop.EventLoop;
import aio.loop.Server;
import aio.loop.ServerOptions;
import aio.policy.AbstractEventLoopPolicy;
import aio.policy.EventLoopPolicy;
import aio.policy.LoopFactory;
import aio.process.SubprocessOptions;
import aio.process.SubprocessProtocol;
import aio.testkit.junit.LoopTest;
import aio.transport.DatagramProtocol;
import aio.transport.ReadPipeProtocol;
import aio.transport.StreamProtocol;
import aio.transport.StreamTransport;
import java.io.IOException;
import java.nio.channels.Pipe;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Tag;

/** Each leaves one thing behind. Run by {@link LeaksTest} alone, since all of them fail. */
@Tag("planted")
final class Planted {
    /** What ends the threads that are left; by the test that has seen them. */
    static volatile CountDownLatch end = new CountDownLatch(1);

    /** A protocol that does nothing. */
    record Quiet() implements StreamProtocol {}

    /** A datagram protocol that does nothing. */
    record QuietDatagrams() implements DatagramProtocol {}

    /** A child that is not listened to. */
    record QuietChild() implements SubprocessProtocol {}

    /** A pipe protocol that does nothing. */
    record QuietPipe() implements ReadPipeProtocol {}

    @LoopTest
    void connection(EventLoop loop) {
        Server server = serve(loop);
        loop.runUntilComplete(loop.createConnection(Quiet::new, ConnectionOptions.to("127.0.0.1", server.port())));
        server.close();
    }

    private static Server serve(EventLoop loop) {
        return loop.runUntilComplete(loop.createServer(Quiet::new, ServerOptions.at("127.0.0.1", 0)));
    }

    @LoopTest
    void server(EventLoop loop) {
        serve(loop);
    }

    @LoopTest
    void datagram(EventLoop loop) {
        loop.runUntilComplete(loop.createDatagramEndpoint(QuietDatagrams::new, DatagramOptions.at("127.0.0.1", 0)));
    }

    @LoopTest
    void pipe(EventLoop loop) throws IOException {
        loop.runUntilComplete(loop.connectReadPipe(QuietPipe::new, Pipe.open().source()));
    }

    @LoopTest
    void watch(EventLoop loop) throws IOException {
        Pipe pipe = Pipe.open();
        pipe.source().configureBlocking(false);
        loop.addReader(pipe.source(), () -> {});
    }

    @LoopTest
    void timer(EventLoop loop) {
        loop.callLater(Duration.ofHours(1), () -> {});
    }

    @LoopTest
    void sleep(EventLoop loop) {
        loop.sleep(Duration.ofHours(1));
    }

    @LoopTest
    void task(EventLoop loop) {
        loop.createTask(CompletableFuture<Void>::new, "endless");
    }

    @LoopTest
    void work(EventLoop loop) {
        CountDownLatch until = end;
        loop.runInExecutor(() -> {
            until.await();
            return null;
        });
    }

    @LoopTest
    void child(EventLoop loop) {
        loop.runUntilComplete(
                loop.subprocessExec(QuietChild::new, List.of("sleep", "600"), SubprocessOptions.defaults()));
    }

    @LoopTest
    void foreignChild() throws IOException {
        new ProcessBuilder("sleep", "601").start();
    }

    @LoopTest
    void thread() {
        CountDownLatch until = end;
        Thread left = new Thread(() -> {
            try {
                until.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }, "left by a test");
        left.setDaemon(true);
        left.start();
    }

    @LoopTest
    void unretrieved(EventLoop loop) {
        loop.createFuture().setException(new IllegalStateException("nobody looks"));
    }

    @LoopTest
    void told(EventLoop loop) {
        loop.callSoon(() -> {
            throw new IllegalStateException("in a callback");
        });
    }

    @LoopTest
    void otherLoop() {
        EventLoops.newEventLoop().callLater(Duration.ofHours(1), () -> {});
    }

    @LoopTest
    void policy() {
        EventLoops.setEventLoopPolicy(new Other());
    }

    /** A policy that a test leaves installed. */
    private static final class Other extends AbstractEventLoopPolicy {
        Other() {
            super(LoopFactory.ofClassPath(), current().driver().orElseThrow());
        }

        private static EventLoopPolicy current() {
            return EventLoops.getEventLoopPolicy();
        }
    }

    @LoopTest
    void running(EventLoop loop) {
        Thread runner = new Thread(loop::runForever, "runs the loop");
        runner.setDaemon(true);
        runner.start();
        while (!loop.isRunning()) {
            Thread.onSpinWait();
        }
    }

    @LoopTest
    void outsideOfDebugMode(EventLoop loop) {
        loop.setDebug(false);
        loop.callLater(Duration.ofHours(1), () -> {});
    }

    @LoopTest
    void failsByItself(EventLoop loop) {
        loop.callLater(Duration.ofHours(1), () -> {});
        throw new AssertionError("its own failure");
    }

    /** Leaves nothing: what is closing is given its moment. */
    @LoopTest
    void closing(EventLoop loop) {
        Server server = serve(loop);
        StreamTransport transport = loop.runUntilComplete(
                loop.createConnection(Quiet::new, ConnectionOptions.to("127.0.0.1", server.port()))).transport();
        server.close();
        transport.close();
    }
}
