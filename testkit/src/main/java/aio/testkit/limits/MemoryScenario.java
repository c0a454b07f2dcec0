package aio.testkit.limits;

import static org.assertj.core.api.Assertions.assertThat;

import aio.EventLoops;
import aio.loop.EventLoop;
import aio.loop.ExceptionContext;
import aio.testkit.net.BlockingClient;
import aio.testkit.net.LoopThread;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Callbacks take all memory there is, and interrupt their thread, while their loop and another one serve connections:
 * this is reported, and both loops continue.
 */
final class MemoryScenario extends Scenario {
    private static final int ROUNDS = 6;
    private static final int CHUNK = 1024 * 1024;

    private volatile boolean over;
    private final List<ExceptionContext> told = new CopyOnWriteArrayList<>();

    @Override
    void run() throws Exception {
        EventLoop hungry = EventLoops.newEventLoop();
        hungry.setExceptionHandler((of, context) -> told.add(context));
        try (LoopThread eating = LoopThread.start(hungry)) {
            for (int round = 0; round < ROUNDS; round++) {
                int before = told.size();
                hungry.callSoonThreadsafe(() -> takeAll(new ArrayList<>()));
                until("it is told", () -> told.size() > before);
                loop.callSoonThreadsafe(() -> Thread.currentThread().interrupt());
                running.thread().interrupt();
                assertAlive();
                eating.turns(1);
            }
        }
        int before = reports.size();
        loop.callSoonThreadsafe(() -> takeAll(new ArrayList<>()));
        until("it is told by the other loop", () -> reports.size() > before);
        assertThat(told).allMatch(each -> each.exception() instanceof OutOfMemoryError);
        clients.add(BlockingClient.connect(address()));
        assertAlive();
    }

    private void takeAll(List<byte[]> taken) {
        while (!over) {
            taken.add(new byte[CHUNK]);
        }
    }
}
