package aio.core.loop;

import static org.assertj.core.api.Assertions.assertThat;

import aio.core.kernel.Outcome;
import aio.core.kernel.SleepingDriver;
import aio.core.process.ProcessLauncher;
import aio.core.process.SharedReaper;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is reported of a loop whose exchange outlasts the wait, and what is reported when it is over. */
@Timeout(60)
class RoundTest {
    private static final long NO_WAIT = 0;
    private static final String SUPERSEDED = "loop \"busy\" has not followed: another change came before";

    private final SleepingDriver before = new SleepingDriver("before");
    private final SleepingDriver after = new SleepingDriver("after");
    private final ProcessLauncher launcher = new ProcessLauncher(new SharedReaper());
    private final Loops loops = new Loops(Origin.NONE, launcher);
    private final Logger logger = Logger.getLogger("aio.policy");
    private final Log log = new Log();
    private BusyLoop busy;

    @BeforeEach
    void block() throws InterruptedException {
        logger.addHandler(log);
        logger.setUseParentHandlers(false);
        busy = new BusyLoop(loops, before, /* following= */ false);
    }

    @AfterEach
    void close() throws InterruptedException {
        logger.removeHandler(log);
        logger.setUseParentHandlers(true);
        busy.close();
        launcher.close();
    }

    private Round.Late evicted(SleepingDriver next) {
        Round round = loops.want(next, List.of(), List.of(next), List.of(before));
        Outcome outcome = round.await(NO_WAIT);
        assertThat(outcome.moved()).isZero();
        assertThat(round.late()).hasSize(1);
        Round.Late late = round.late().get(0);
        assertThat(outcome.stayed()).containsExactly(late.why());
        assertThat(late.why()).contains("loop \"busy\" is blocked on thread \"runner\"");
        assertThat(late.outcome().toCompletableFuture()).isNotDone();
        return late;
    }

    private static Outcome outcomeOf(Round.Late late) throws Exception {
        return late.outcome().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void aLoopThatFollows_isTold() throws Exception {
        Round.Late late = evicted(after);
        busy.letGo();
        Outcome outcome = outcomeOf(late);
        assertThat(outcome.moved()).isEqualTo(1);
        assertThat(outcome.stayed()).isEmpty();
        assertThat(busy.loop.kernel().seat().factory()).isSameAs(after);
    }

    @Test
    void aLoopThatStops_followsAtTheEndOfItsRun() throws Exception {
        busy.loop.stop();
        Round.Late late = evicted(after);
        busy.end();
        assertThat(late.outcome().toCompletableFuture()).isDone();
        assertThat(outcomeOf(late).moved()).isEqualTo(1);
        assertThat(busy.loop.kernel().seat().factory()).isSameAs(after);
    }

    @Test
    void aLoopThatFollowsALaterChange_hasNotFollowedTheFirst() throws Exception {
        SleepingDriver latest = new SleepingDriver("latest");
        Round.Late first = evicted(after);
        Round.Late second = evicted(latest);
        busy.end();
        assertThat(outcomeOf(second).moved()).isEqualTo(1);
        assertThat(outcomeOf(first).moved()).isZero();
        assertThat(outcomeOf(first).stayed()).containsExactly(SUPERSEDED);
        assertThat(busy.loop.kernel().seat().factory()).isSameAs(latest);
        assertThat(log.lines).as("the log tells of both").hasSize(2);
        assertThat(log.lines.get(0)).isEqualTo("policy: " + SUPERSEDED);
        assertThat(log.lines.get(1))
                .contains("loop \"busy\" has followed to driver \"latest\" (", ") in the background");
    }

    @Test
    void aLoopThatIsLateForTwoChangesToOneDriver_isCountedOnce() throws Exception {
        Round.Late first = evicted(after);
        Round.Late second = evicted(after);
        busy.end();
        assertThat(outcomeOf(first).moved() + outcomeOf(second).moved()).isEqualTo(1);
        assertThat(outcomeOf(first).stayed()).isEmpty();
        assertThat(outcomeOf(second).stayed()).isEmpty();
        assertThat(log.lines).as("the log tells it once").hasSize(1);
    }

    @Test
    void aLoopWhoseDriverFails_isToldWithTheReason_andParked() throws Exception {
        Round.Late late = evicted(new HopelessDriver());
        busy.end();
        assertThat(outcomeOf(late).moved()).as("it is parked").isEqualTo(1);
        assertThat(outcomeOf(late).stayed()).singleElement().asString()
                .contains("loop \"busy\" stays on driver \"before\"", "driver \"hopeless\" (", ") cannot be opened",
                        "planted failure");
        assertThat(busy.loop.kernel().seat().factory()).as("better no driver than a departed one").isNull();
    }

    private static final class Log extends Handler {
        final List<String> lines = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord entry) {
            lines.add(entry.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
