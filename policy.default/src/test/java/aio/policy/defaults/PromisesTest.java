package aio.policy.defaults;

import static org.assertj.core.api.Assertions.assertThat;

import aio.bridge.Promises;
import aio.loop.EventLoop;
import aio.loop.LoopFuture;
import aio.testkit.net.LoopThread;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.osgi.util.promise.Deferred;
import org.osgi.util.promise.Promise;
import org.osgi.util.promise.PromiseFactory;

/** Promises of OSGi on a loop, in and out. */
@Timeout(20)
class PromisesTest {
    private LoopThread running;
    private EventLoop loop;

    @BeforeEach
    void start() {
        running = LoopThread.start(new DefaultEventLoopPolicy().newEventLoop());
        loop = running.loop();
    }

    @AfterEach
    void close() {
        running.close();
    }

    @Test
    void callbacks_runOnTheLoop_neverInsideTheResolving() throws Exception {
        PromiseFactory factory = Promises.on(loop);
        Deferred<String> deferred = factory.deferred();
        AtomicReference<String> inside = new AtomicReference<>("not called");
        Promise<Thread> thread = deferred.getPromise().map(value -> {
            inside.compareAndSet("not called", "called");
            return Thread.currentThread();
        });

        running.run(() -> {
            deferred.resolve("value");
            assertThat(inside).hasValue("not called");
        });

        assertThat(thread.getValue()).isSameAs(running.thread());
        assertThat(factory.resolved("done").map(value -> Thread.currentThread()).getValue())
                .isSameAs(running.thread());
    }

    @Test
    void delays_areTimersOfTheLoop() throws Exception {
        CountDownLatch later = new CountDownLatch(1);
        Promises.on(loop).resolved("value").delay(5).onResolve(later::countDown);

        assertThat(later.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(Promises.on(loop).<String>deferred().getPromise().timeout(5).getFailure())
                .isInstanceOf(org.osgi.util.promise.TimeoutException.class);
    }

    @Test
    void aFuture_becomesAPromise() throws Exception {
        LoopFuture<String> future = loop.createFuture();
        Promise<String> promise = Promises.toPromise(future);
        future.setResult("result");

        assertThat(promise.getValue()).isEqualTo("result");

        LoopFuture<String> failing = loop.createFuture();
        Promise<String> failed = Promises.toPromise(failing);
        failing.setException(new IllegalStateException("of the future"));
        assertThat(failed.getFailure()).hasMessage("of the future");
    }

    @Test
    void aPromise_becomesAFuture() throws Exception {
        Deferred<String> deferred = new PromiseFactory(null).deferred();
        LoopFuture<Thread> seen = loop.createFuture();
        LoopFuture<String> future = Promises.toFuture(loop, deferred.getPromise());
        future.addDoneCallback(done -> seen.setResult(Thread.currentThread()));
        deferred.resolve("value");

        assertThat(future.join()).isEqualTo("value");
        assertThat(seen.join()).isSameAs(running.thread());
        assertThat(Promises.toFuture(loop, new PromiseFactory(null).failed(new IllegalStateException("of the promise")))
                .toCompletableFuture().handle((value, failure) -> failure.getMessage()).get())
                .contains("of the promise");
    }
}
