package aio.driver.uring;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A handler of the log that throws is no fault of the driver. */
class DriverLogTest {
    private static final Logger LOG = Logger.getLogger("aio.loop");

    private final List<String> seen = new ArrayList<>();
    private final Handler planted = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            seen.add(entry.getMessage());
            throw new AssertionError("planted");
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void breakTheLog() {
        LOG.setUseParentHandlers(false);
        LOG.addHandler(planted);
    }

    @AfterEach
    void mendTheLog() {
        LOG.removeHandler(planted);
        LOG.setUseParentHandlers(true);
    }

    @Test
    void aHandlerThatThrows_isTriedWithoutTheStack_andFailsNoCaller() {
        DriverLog.log(Level.WARNING, "what", new IllegalStateException("why"));
        assertThat(seen).containsExactly("what", "what: java.lang.IllegalStateException");
    }
}
