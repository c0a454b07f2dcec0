package aio.core.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import org.junit.jupiter.api.Test;

class CoreLogTest {
    private final List<String> messages = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();

    /** Records what is logged; fails if a test wants it to. */
    private final class Log implements Logger {
        private final boolean failsWithFailure;
        private final boolean fails;

        Log(boolean failsWithFailure, boolean fails) {
            this.failsWithFailure = failsWithFailure;
            this.fails = fails;
        }

        @Override
        public String getName() {
            return "test";
        }

        @Override
        public boolean isLoggable(Level level) {
            return true;
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
            if (fails || failsWithFailure && thrown != null) {
                throw new AssertionError("a logger that is broken");
            }
            messages.add(message);
            failures.add(thrown);
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String format, Object... parameters) {
            log(level, bundle, format, (Throwable) null);
        }
    }

    private static final class Untellable extends RuntimeException {
        @Override
        public String getMessage() {
            throw new IllegalStateException("no message");
        }
    }

    @Test
    void failure_isLoggedAsItIs() {
        RuntimeException failure = new RuntimeException("of a user");

        new CoreLog(new Log(false, false)).log(Level.ERROR, "what", failure);

        assertThat(messages).containsExactly("what");
        assertThat(failures).containsExactly(failure);
    }

    @Test
    void failureWithoutMessage_isLoggedWithItsClassAndStack() {
        Untellable failure = new Untellable();

        new CoreLog(new Log(false, false)).log(Level.ERROR, "what", new RuntimeException("outer", failure));
        new CoreLog(new Log(false, false)).log(Level.ERROR, "what", failure);

        assertThat(failures).hasSize(2);
        assertThat(failures.get(1)).hasMessageContaining(Untellable.class.getName());
        assertThat(failures.get(1).getStackTrace()).isEqualTo(failure.getStackTrace());
    }

    @Test
    void loggerThatFails_isToldLess_andNothingEscapes() {
        new CoreLog(new Log(true, false)).log(Level.ERROR, "what", new RuntimeException("of a user"));
        assertThatCode(() -> new CoreLog(new Log(false, true)).log(Level.ERROR, "what", new RuntimeException()))
                .doesNotThrowAnyException();

        assertThat(messages).containsExactly("what: java.lang.RuntimeException: of a user");
    }
}
