package aio.core.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is told of changes, whatever else the loops have to do between them. */
@Timeout(60)
class ToldTest {
    private final Fixture f = new Fixture();

    @Test
    void aLoggerThatFails_keepsNoChangeFromBeingTold_andNoPolicyFromBeingRefused() {
        Handler broken = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                throw new IllegalStateException("planted: the disk of the log is full");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        List<String> told = new ArrayList<>();
        f.directory.addListener(change -> told.add(change.to().orElse("none")));
        Logger logger = Logger.getLogger("aio.policy");
        logger.addHandler(broken);
        try {
            f.service("default", 0);
            f.problems.put("bad", "planted failure");
            f.service("bad", 100);
        } finally {
            logger.removeHandler(broken);
        }
        assertThat(told).containsExactly("default", "bad", "default");
        assertThat(f.currentName()).isEqualTo("default");
        assertThat(f.info("bad").why().toString()).contains("refused", "planted failure");
    }

    /**
     * A policy that leaves without being current is no change, but its driver goes: that is settled in the same line.
     */
    @Test
    void changesBehindOneThatKeepsThePolicy_areTold() {
        List<String> told = new ArrayList<>();
        f.service("default", 0);
        Fixture.Service low = f.service("low", -5);
        f.admin.pin("low");
        f.admin.unpin();
        f.directory.addListener(change -> told.add(change.to().orElse("none")));
        low.unregister();
        f.service("high", 100);
        assertThat(told).containsExactly("high");
        assertThat(f.summaries()).last().isEqualTo("default -> high (rank 100, service arrived)");
    }
}
