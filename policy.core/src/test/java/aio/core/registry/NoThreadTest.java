package aio.core.registry;

import static org.assertj.core.api.Assertions.assertThat;

import aio.core.thread.NoThreads;
import aio.link.RunningLoop;
import aio.spi.IoDriverFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The system has no thread left: what the registry would do on one is done later, and nothing is thrown. */
@Timeout(60)
class NoThreadTest {
    private final Fixture f = new Fixture();

    @AfterEach
    void leaveTheLoop() {
        RunningLoop.set(null);
    }

    @Test
    void changesOnTheThreadOfALoop_areToldLater_inTheirOrder() {
        f.service("default", 0);
        RunningLoop.set(Fixture.loop());
        try (NoThreads none = new NoThreads()) {
            f.service("next", 100);
            f.service("last", 200);
            assertThat(none.refused()).isEqualTo(2);
            assertThat(f.currentName()).as("the policy itself changes at once").isEqualTo("last");
            assertThat(f.directory.history()).hasSize(1);
            assertThat(f.followers.calls).containsExactly("want default");
        }
        RunningLoop.set(null);
        NoThreads.until(() -> f.directory.history().size() == 3);
        assertThat(f.summaries()).containsExactly("none -> default (rank 0, service arrived)",
                "default -> next (rank 100, service arrived)", "next -> last (rank 200, service arrived)");
        assertThat(f.followers.calls).last().isEqualTo("want last");
    }

    @Test
    void aDriverThatIsGivenUp_isRefusedLater() {
        f.service("default", 0);
        Fixture.FakePolicy bad = new Fixture.FakePolicy("bad");
        f.service("bad", 100, bad);
        IoDriverFactory driver = bad.driver;
        try (NoThreads none = new NoThreads()) {
            f.registry.driverGivenUp("a", driver, "planted failure");
            f.registry.driverGivenUp("b", driver, "planted failure");
            assertThat(none.refused()).isEqualTo(1);
            assertThat(f.currentName()).isEqualTo("bad");
        }
        NoThreads.until(() -> f.currentName().equals("default"));
        assertThat(f.info("bad").why().toString()).contains("its driver is given up", "planted failure");
    }

    @Test
    void anAlarm_worksLater_once() {
        AtomicInteger rings = new AtomicInteger();
        Alarm alarm = new Alarm("aio-alarm-test", rings::incrementAndGet);
        try (NoThreads none = new NoThreads()) {
            alarm.set(0);
            alarm.set(0);
            assertThat(none.refused()).as("it waits for one thread").isEqualTo(1);
        }
        NoThreads.until(() -> rings.get() == 1);
        alarm.close();
    }
}
