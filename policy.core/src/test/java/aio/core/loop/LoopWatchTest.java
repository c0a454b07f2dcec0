package aio.core.loop;

import static org.assertj.core.api.Assertions.assertThat;

import aio.core.process.ProcessLauncher;
import aio.core.process.SharedReaper;
import aio.loop.BundleId;
import aio.loop.LoopBlock;
import aio.loop.LoopListener;
import aio.loop.LoopOptions;
import aio.loop.LoopStatistics;
import aio.loop.UserLoad;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LoopWatchTest {
    private final Origin origin = type -> Optional.of(new BundleId("bundle of " + type.getSimpleName(), 7));
    private final ProcessLauncher launcher = new ProcessLauncher(new SharedReaper());
    private final Loops loops = new Loops(origin, launcher);
    private final CoreLoop loop = (CoreLoop) loops.newLoop(null, LoopOptions.defaults().withName("watched"));
    private final Thread thread = new Thread(loop::runForever, "runner");
    private final CountDownLatch leave = new CountDownLatch(1);

    /** How long each block had lasted when it was told. */
    private final List<Duration> firstSeen = new CopyOnWriteArrayList<>();

    @BeforeEach
    void run() {
        loops.addListener(new LoopListener() {
            @Override
            public void blocked(LoopBlock block) {
                firstSeen.add(block.lasted());
            }
        });
        thread.start();
    }

    @AfterEach
    void close() throws InterruptedException {
        leave.countDown();
        if (!loop.isClosed()) {
            loop.callSoonThreadsafe(loop::stop);
            thread.join();
            loop.close();
        }
        launcher.close();
    }

    /** Holds up the loop until it is released. */
    private final class Blocker implements Runnable {
        @Override
        public void run() {
            try {
                leave.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - end).as("waited in vain").isNegative();
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void aCallbackThatBlocks_isSeenWhileItDoes_withClassBundleAndStack() {
        loop.callSoonThreadsafe(new Blocker());
        until(() -> blockOf(Blocker.class).isPresent());
        LoopBlock block = blockOf(Blocker.class).orElseThrow();
        assertThat(block.loop()).isEqualTo("watched");
        assertThat(block.thread()).isEqualTo("runner");
        assertThat(block.culprit()).contains(Blocker.class.getName());
        assertThat(block.bundle()).contains(new BundleId("bundle of Blocker", 7));
        assertThat(block.stack()).anyMatch(frame -> frame.contains("CountDownLatch.await"));
        assertThat(block.stack()).last().asString().contains("LoopWatchTest$Blocker.run");
        assertThat(block.lasted()).isGreaterThanOrEqualTo(Duration.ofMillis(100));
        assertThat(block.isOver()).isFalse();
        Duration seen = block.lasted();
        until(() -> blockOf(Blocker.class).orElseThrow().lasted().compareTo(seen) > 0);
        leave.countDown();
        until(() -> blockOf(Blocker.class).orElseThrow().isOver());
        assertThat(loops.blocks()).filteredOn(each -> each.culprit().equals(block.culprit())).hasSize(1);
    }

    /** Returns the block of which something is the culprit: the first use of a class may hold up a loop as well. */
    private Optional<LoopBlock> blockOf(Class<?> type) {
        return loops.blocks().stream().filter(each -> each.culprit().equals(Optional.of(type.getName()))).findFirst();
    }

    /** Not with the next of the regular looks, 25 ms apart. A machine with other work lets the watch wake late. */
    @Test
    void aCallbackThatBlocks_isSeenAsSoonAsItCountsAsThat() {
        List<Duration> seen = blockedNineTimes();
        for (int i = 0; i < 3 && median(seen).compareTo(Duration.ofMillis(106)) > 0; i++) {
            seen = blockedNineTimes();
        }
        assertThat(median(seen)).as("the median of %s", seen)
                .isBetween(Duration.ofMillis(100), Duration.ofMillis(106));
    }

    private List<Duration> blockedNineTimes() {
        List<Duration> seen = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            int before = firstSeen.size();
            loop.callSoonThreadsafe(() -> until(() -> firstSeen.size() > before));
            until(() -> firstSeen.size() > before && loops.blocks().get(0).isOver());
            seen.add(firstSeen.get(before));
        }
        Collections.sort(seen);
        return seen;
    }

    private static Duration median(List<Duration> sorted) {
        return sorted.get(sorted.size() / 2);
    }

    @Test
    void oneCallThatLasts_isLogged_manyInARowAreNot() {
        Logger logger = Logger.getLogger("aio.loop");
        WarningsKept warnings = new WarningsKept();
        logger.addHandler(warnings);
        try {
            int before = firstSeen.size();
            loop.callSoonThreadsafe(() -> { // both are run without a look for I/O in between
                loop.callSoon(() -> until(() -> firstSeen.size() > before));
                loop.callSoon(new Blocker());
            });
            until(() -> firstSeen.size() > before && loops.blocks().get(0).lasted().toMillis() > 2_200);
            assertThat(warnings.heldUp).isEmpty();
            leave.countDown();
            until(() -> loops.blocks().get(0).isOver());

            CountDownLatch second = new CountDownLatch(1);
            loop.callSoonThreadsafe(() -> until(() -> second.getCount() == 0));
            until(() -> !warnings.heldUp.isEmpty());
            second.countDown();
            assertThat(warnings.heldUp).singleElement().asString()
                    .contains("loop \"watched\" has been held up for 2", "LoopWatchTest", "of bundle");
        } finally {
            logger.removeHandler(warnings);
        }
    }

    /** Keeps what is logged of loops that are held up. */
    private static final class WarningsKept extends Handler {
        private final List<String> heldUp = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord entry) {
            if (entry.getMessage().contains("has been held up")) {
                heldUp.add(entry.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @Test
    void whatKeepsALoopBusy_isKnownByClassAndBundle() {
        loop.callSoonThreadsafe(new Blocker());
        until(() -> loadOfBlocker().filter(each -> each.busy().toMillis() >= 100).isPresent());
        UserLoad load = loadOfBlocker().orElseThrow();
        assertThat(load.bundle()).contains(new BundleId("bundle of Blocker", 7));
        assertThat(load.loop()).isEqualTo("watched");
    }

    private Optional<UserLoad> loadOfBlocker() {
        return loops.loads().stream().filter(each -> each.type().equals(Optional.of(Blocker.class.getName())))
                .findFirst();
    }

    @Test
    void theDirectory_knowsTheStatisticsOfEachLoop() {
        CountDownLatch ran = new CountDownLatch(1);
        LoopStatistics before = loops.statistics("watched").orElseThrow();
        loop.callSoonThreadsafe(ran::countDown);
        until(() -> ran.getCount() == 0 && loop.statistics().turns() > before.turns());
        assertThat(loops.statistics()).singleElement().extracting(LoopStatistics::loop).isEqualTo("watched");
        LoopStatistics between = loops.statistics("watched").orElseThrow().since(before);
        assertThat(between.callbacks()).isPositive();
        assertThat(between.loop()).isEqualTo("watched");
        assertThat(loops.statistics("nobody")).isEmpty();
    }

    @Test
    void aLoopThatWaits_isNoBlock() {
        CountDownLatch later = new CountDownLatch(1);
        loop.callSoonThreadsafe(() -> loop.callLater(Duration.ofMillis(300), later::countDown));
        until(() -> Arrays.stream(thread.getStackTrace()).map(StackTraceElement::toString).anyMatch(this::waits));
        until(() -> later.getCount() == 0);
        // the first use of a class may hold up a loop as well
        assertThat(loops.blocks()).noneMatch(block -> block.stack().stream().anyMatch(this::waits));
    }

    private boolean waits(String frame) {
        return frame.contains("LockSupport.park");
    }

    @Test
    void whatHeldUpALoopThatIsClosed_isOver() throws InterruptedException {
        loop.callSoonThreadsafe(new Blocker());
        loop.callSoonThreadsafe(loop::stop);
        until(() -> blockOf(Blocker.class).isPresent());
        leave.countDown();
        thread.join();
        loop.close();
        until(() -> blockOf(Blocker.class).orElseThrow().isOver());
    }

    @Test
    void aListener_isToldWhileItLasts_andWhenItIsOver() {
        List<LoopBlock> begun = new CopyOnWriteArrayList<>();
        List<LoopBlock> over = new CopyOnWriteArrayList<>();
        loops.addListener(new LoopListener() {
            @Override
            public void blocked(LoopBlock block) {
                begun.add(block);
                throw new IllegalStateException("planted failure");
            }

            @Override
            public void unblocked(LoopBlock block) {
                over.add(block);
            }
        });
        loop.callSoonThreadsafe(new Blocker());
        until(() -> begun.stream().anyMatch(block -> block.culprit().equals(Optional.of(Blocker.class.getName()))));
        LoopBlock seen = begun.get(begun.size() - 1);
        assertThat(seen.isOver()).isFalse();
        assertThat(over).noneMatch(block -> block.culprit().equals(seen.culprit()));
        leave.countDown();
        until(() -> over.stream().anyMatch(block -> block.culprit().equals(seen.culprit())));
        LoopBlock ended = over.get(over.size() - 1);
        assertThat(ended.isOver()).isTrue();
        assertThat(ended.since()).isEqualTo(seen.since());
        assertThat(ended.stack()).isEqualTo(seen.stack());
        assertThat(ended.lasted()).isGreaterThanOrEqualTo(seen.lasted());
    }

    @Test
    void itsThread_endsWithTheLastLoop() {
        Set<Thread> before = watches();
        CoreLoop last = (CoreLoop) new Loops(origin, launcher).newLoop(null, LoopOptions.defaults());
        Set<Thread> begun = watches();
        begun.removeAll(before);
        assertThat(begun).hasSize(1);
        last.close();
        until(() -> begun.stream().noneMatch(Thread::isAlive));
    }

    private static Set<Thread> watches() {
        return Thread.getAllStackTraces().keySet().stream().filter(each -> each.getName().equals("aio-watch"))
                .collect(Collectors.toSet());
    }
}
