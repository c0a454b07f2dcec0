package aio.testkit.junit;

import aio.EventLoops;
import aio.loop.EventLoop;
import aio.loop.LoopOptions;
import aio.loop.LoopResource;
import aio.policy.EventLoopPolicy;
import aio.policy.Installation;
import aio.testkit.Await;
import aio.testkit.VirtualClock;
import aio.testkit.VirtualLoops;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What one test has: its loop and clock, and what was there before it. The thread of JUnit. */
final class Scene {
    /** How long what is about to end is given for that. */
    private static final Duration MOMENT = Duration.ofMillis(300);

    private static final AtomicLong NUMBERS = new AtomicLong();

    private final String test;
    private final @Nullable VirtualClock clock;
    private final VirtualLoops loops;
    private final Before before = new Before();
    private final Births births = new Births();
    private final Told told = new Told();
    private @Nullable Installation installation;
    private EventLoopPolicy policy;
    private @Nullable EventLoop loop;

    Scene(String test, @Nullable VirtualClock clock, VirtualLoops loops) {
        this.test = test;
        this.clock = clock;
        this.loops = loops;
        this.policy = EventLoops.getEventLoopPolicy();
        births.begin();
    }

    /** Installs the policy of the test until its end. */
    void install(EventLoopPolicy given) {
        installation = EventLoops.install(given);
        policy = given;
    }

    /** Returns the loop, which is made when it is first asked for. */
    EventLoop loop() {
        EventLoop present = loop;
        if (present == null) {
            LoopOptions options = LoopOptions.defaults().withName("test-" + NUMBERS.incrementAndGet() + " " + test);
            present = EventLoops.newEventLoop(clock == null ? options : options.withClock(clock));
            present.setDebug(true);
            present.setExceptionHandler(told);
            loop = present;
        }
        return present;
    }

    @Nullable VirtualClock clock() {
        return clock;
    }

    VirtualLoops loops() {
        return loops;
    }

    /**
     * Ends it.
     *
     * @param failed whether the test has failed by itself, so that what it has left behind is no news
     * @throws AssertionError if something is left behind
     */
    void end(boolean failed) {
        Leftovers left = new Leftovers(test);
        try {
            settle(loop);
            loops.loops().forEach(Scene::settle);
            lookAtPolicy(left);
            lookAtLoop(left);
            loops.loops().stream().filter(each -> !each.isClosed()).flatMap(each -> resources(each).stream())
                    .forEach(left::add);
            loops.close();
            before.lookAtLoops(left, loop);
        } finally {
            close(left);
            before.lookAtChildren(left, MOMENT);
            before.lookAtThreads(left, births, MOMENT);
            Births.end();
        }
        if (!failed) {
            left.check();
        }
    }

    private static void settle(@Nullable EventLoop own) {
        if (own == null) {
            return;
        }
        long end = System.nanoTime() + MOMENT.toNanos();
        do {
            if (own.isClosed() || own.isRunning()) {
                return;
            }
            own.callSoon(own::stop);
            own.runForever();
        } while (!resources(own).isEmpty() && System.nanoTime() - end < 0);
    }

    private static List<LoopResource> resources(EventLoop own) {
        return EventLoops.loopDirectory().resources(own.name());
    }

    private void lookAtPolicy(Leftovers left) {
        EventLoopPolicy now = EventLoops.getEventLoopPolicy();
        if (now != policy) {
            left.add("another process-wide policy, " + now.getClass().getName() + " instead of "
                    + policy.getClass().getName() + ": put the one before back, or use EventLoops.install and close"
                    + " what it returns", List.of());
            EventLoops.setEventLoopPolicy(null);
        }
        if (installation != null) {
            installation.close();
        }
    }

    private void lookAtLoop(Leftovers left) {
        told.lookAt(left);
        EventLoop own = loop;
        if (own == null || own.isClosed()) {
            return;
        }
        if (own.isRunning()) {
            left.add("its loop \"" + own.name() + "\" running on thread \"" + own.info().thread().orElse("gone")
                    + "\": stop it, and wait for that thread", List.of());
        }
        resources(own).forEach(left::add);
    }

    private void close(Leftovers left) {
        EventLoop own = loop;
        if (own == null || own.isClosed()) {
            return;
        }
        if (own.isRunning()) {
            own.callSoonThreadsafe(own::stop);
            Await.becomesTrue(MOMENT, () -> !own.isRunning());
        }
        try {
            own.close();
        } catch (IllegalStateException e) {
            left.add("a loop that cannot be closed: " + e.getMessage(), List.of());
        }
    }
}
