package aio.policy.console.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import org.junit.jupiter.api.Test;

/** A logger that throws fails no caller, and what it can write is written. */
class SafeLogTest {
    private final List<String> messages = new ArrayList<>();

    /** Throws at stacks, or at everything. */
    private final class Broken implements Logger {
        private final boolean always;

        Broken(boolean always) {
            this.always = always;
        }

        @Override
        public String getName() {
            return "test";
        }

        @Override
        public boolean isLoggable(Level level) {
            if (always) {
                throw new AssertionError("planted");
            }
            return true;
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
            if (always || thrown != null) {
                throw new AssertionError("planted");
            }
            messages.add(message);
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String format, Object... parameters) {
            log(level, bundle, format, (Throwable) null);
        }
    }

    @Test
    void aFailureThatCannotBeWritten_isWrittenWithItsClass() {
        SafeLog log = new SafeLog(new Broken(false));
        log.log(Level.WARNING, "what", new IllegalStateException("why"));
        log.log(Level.INFO, "that");
        log.log(Level.INFO, "number {0}", 1);
        assertThat(log.isLoggable(Level.INFO)).isTrue();
        assertThat(messages).containsExactly("what: java.lang.IllegalStateException", "that", "number {0}");
    }

    @Test
    void aLoggerThatAlwaysThrows_failsNoCaller() {
        SafeLog log = new SafeLog(new Broken(true));
        log.log(Level.WARNING, "what", new IllegalStateException("why"));
        log.log(Level.INFO, "that");
        log.log(Level.INFO, "number {0} of {1}", 1, 2);
        assertThat(log.isLoggable(Level.INFO)).isFalse();
        assertThat(messages).isEmpty();
    }
}
