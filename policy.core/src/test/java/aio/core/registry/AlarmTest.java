package aio.core.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The registry's timer, on a real clock. */
@Timeout(30)
class AlarmTest {
    private static final long LONG = TimeUnit.HOURS.toNanos(1);
    private static final long SHORT = TimeUnit.MILLISECONDS.toNanos(20);

    private final BlockingQueue<Thread> runs = new LinkedBlockingQueue<>();
    private final Alarm alarm = new Alarm("aio-alarm-test", () -> runs.add(Thread.currentThread()));

    @AfterEach
    void end() {
        alarm.close();
    }

    @Test
    void itWorksAfterTheTime_once_andItsThreadEnds() throws Exception {
        long start = System.nanoTime();
        alarm.set(SHORT);
        Thread thread = runs.take();
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(SHORT);
        assertThat(thread.getName()).isEqualTo("aio-alarm-test");
        assertThat(thread.isDaemon()).isTrue();
        thread.join();
        assertThat(runs).isEmpty();
    }

    @Test
    void itIsSetAgain_whileItWaits_andAfterItHasEnded() throws Exception {
        alarm.set(LONG);
        alarm.set(SHORT);
        Thread first = runs.take();
        first.join();
        alarm.set(0);
        assertThat(runs.take()).isNotSameAs(first);
    }

    @Test
    void theWorkMaySetItAgain_onTheSameThread() throws Exception {
        AtomicReference<Alarm> mine = new AtomicReference<>();
        AtomicInteger rounds = new AtomicInteger();
        mine.set(new Alarm("aio-alarm-test", () -> {
            if (rounds.incrementAndGet() < 3) {
                mine.get().set(SHORT);
            } else {
                runs.add(Thread.currentThread());
            }
        }));
        mine.get().set(0);
        runs.take().join();
        assertThat(rounds).hasValue(3);
    }

    @Test
    void clearedOrClosed_itsThreadEnds_andNothingIsDone() throws Exception {
        for (Runnable end : new Runnable[] {alarm::clear, alarm::close}) {
            alarm.set(LONG);
            Thread thread = waiting();
            end.run();
            thread.join();
        }
        alarm.set(0);
        assertThat(runs.poll(100, TimeUnit.MILLISECONDS)).as("closed").isNull();
    }

    private static Thread waiting() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("aio-alarm-test") && thread.isAlive())
                .findFirst()
                .orElseThrow();
    }
}
