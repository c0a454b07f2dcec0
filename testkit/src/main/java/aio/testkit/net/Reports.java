package aio.testkit.net;

import static org.assertj.core.api.Assertions.assertThat;

import aio.loop.EventLoop;
import aio.loop.ExceptionContext;
import aio.loop.ExceptionHandler;
import aio.testkit.Await;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The exception handler of the loops under test: a test that does not ask for reports must cause none. */
final class Reports implements ExceptionHandler {
    private final List<ExceptionContext> all = new CopyOnWriteArrayList<>();
    private volatile boolean expected;

    @Override
    public void handle(EventLoop loop, ExceptionContext context) {
        all.add(context);
    }

    List<ExceptionContext> await(int count) {
        expected = true;
        Await.until(count + " reports", () -> all.size() >= count);
        return List.copyOf(all);
    }

    ExceptionContext awaitOnly() {
        List<ExceptionContext> reports = await(1);
        assertThat(reports).hasSize(1);
        return reports.get(0);
    }

    List<ExceptionContext> sofar() {
        expected = true;
        return List.copyOf(all);
    }

    void assertExpected() {
        if (!expected) {
            assertThat(all).as("reports to the exception handler that the test did not ask for").isEmpty();
        }
    }
}
