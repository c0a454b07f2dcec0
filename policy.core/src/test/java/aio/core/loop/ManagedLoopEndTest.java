package aio.core.loop;

import static org.assertj.core.api.Assertions.assertThat;

import aio.core.process.ProcessLauncher;
import aio.core.process.SharedReaper;
import aio.loop.EventLoop;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The end of a managed loop is asked for between two runs, or while it ends by itself: no warning is due.
 */
@Timeout(120)
class ManagedLoopEndTest {
    private static final int ROUNDS = 2000;

    private final List<String> logged = Collections.synchronizedList(new ArrayList<>());
    private final Logger logger = Logger.getLogger("aio.loop");
    private final SharedReaper reaper = new SharedReaper();
    private final ProcessLauncher launcher = new ProcessLauncher(reaper);
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            logged.add(entry.getMessage() + " " + entry.getThrown());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @AfterEach
    void close() {
        logger.removeHandler(handler);
        launcher.close();
        reaper.close();
    }

    @Test
    void end_atAnyMoment_closesTheLoop_andWarnsOfNothing() {
        logger.addHandler(handler);
        for (int round = 0; round < ROUNDS; round++) {
            Loops loops = new Loops(Origin.NONE, launcher);
            ManagedLoop managed = loops.newManagedLoop("short");
            loops.closeAll(new IllegalStateException("the core stops"), TimeUnit.SECONDS.toNanos(10));
            assertThat(managed.loop().isClosed()).isTrue();
        }
        assertThat(logged).isEmpty();
    }

    @Test
    void end_returnsWhenTheThreadOfTheLoopIsOver() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Loops loops = new Loops(Origin.NONE, launcher);
            EventLoop loop = loops.newManagedLoop("short").loop();
            Thread thread = loop.callAndWait(Thread::currentThread);
            loops.closeAll(new IllegalStateException("the core stops"), TimeUnit.SECONDS.toNanos(10));
            assertThat(thread.isAlive()).isFalse();
        }
    }
}
