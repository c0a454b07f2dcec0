package aio.process.watcher;

import static org.assertj.core.api.Assertions.assertThat;

import aio.process.ProcessGoneException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A handler of the log that throws changes nothing for those who use a watcher, nor for the reaper that calls it. */
@Timeout(10)
class BrokenLogTest {
    private static final Logger LOG = Logger.getLogger("aio.loop");

    private final Planted handler = new Planted();
    private final Reaper reaper = new Reaper();

    /** Throws at all that it is to write. */
    private static final class Planted extends Handler {
        final List<String> seen = new ArrayList<>();

        @Override
        public void publish(LogRecord entry) {
            seen.add(entry.getMessage());
            throw new AssertionError("planted");
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    /** Knows no process; a test tells of exits. */
    private static final class Reaper implements ChildReaper {
        @Override
        public void register(Process child) {
            throw new UnsupportedOperationException();
        }

        @Override
        public OptionalInt poll(long pid) {
            throw new ProcessGoneException("planted");
        }

        @Override
        public int await(long pid) {
            throw new ProcessGoneException("planted");
        }

        @Override
        public Listening onExit(ExitListener listener) {
            return () -> {};
        }

        @Override
        public Thread newThread(String name, Runnable work) {
            return new Thread(work, name);
        }

        @Override
        public boolean isOpen() {
            return true;
        }
    }

    @BeforeEach
    void breakTheLog() {
        LOG.setUseParentHandlers(false);
        LOG.addHandler(handler);
    }

    @AfterEach
    void mendTheLog() {
        LOG.removeHandler(handler);
        LOG.setUseParentHandlers(true);
    }

    @Test
    void anExitOfAnUnknownProcess_reachesTheReaperAsNoFailure() {
        new FastChildWatcher(reaper).ended(42, 1);
        assertThat(handler.seen).isNotEmpty().allMatch(message -> message.contains("process 42"));
    }

    @Test
    void aContextIsLeft_withExitsThatNobodyHasClaimed() {
        FastChildWatcher watcher = new FastChildWatcher(reaper);
        try (FastChildWatcher.Scope scope = watcher.enter()) {
            watcher.ended(42, 1);
        }
        assertThat(handler.seen).isNotEmpty().allMatch(message -> message.contains("{42=1}"));
        int before = handler.seen.size();
        try (FastChildWatcher.Scope scope = watcher.enter()) {
            assertThat(scope).isNotNull();
        }
        assertThat(handler.seen).as("what is left of the first context").hasSize(before);
    }
}
