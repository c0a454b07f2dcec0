package aio.policy.winproactor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import aio.core.registry.Candidate;
import aio.core.registry.Core;
import aio.core.registry.Description;
import aio.core.registry.Owner;
import aio.core.registry.Owners;
import aio.core.registry.PolicyProvider;
import aio.driver.proactor.ProactorDriverFactory;
import aio.driver.selector.SelectorDriverFactory;
import aio.loop.EventLoop;
import aio.loop.LoopInfo;
import aio.loop.LoopOptions;
import aio.loop.Server;
import aio.policy.AbstractEventLoopPolicy;
import aio.policy.ChangeReason;
import aio.policy.EventLoopPolicy;
import aio.policy.Installation;
import aio.policy.LoopFactory;
import aio.policy.PolicyInfo;
import aio.policy.PolicyState;
import aio.spi.IoDriverFactory;
import aio.testkit.net.EchoProtocol;
import aio.testkit.net.LoopThread;
import aio.testkit.net.Traffic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Ten threads register, rank, pin, install and withdraw policies, good ones and bad ones, while loops carry traffic
 * whose bytes are checked. Afterwards everything is true: who is current, where each loop stands, which drivers are
 * open. The system property {@code aio.storm.seconds} makes it longer, {@code aio.storm.seed} another one.
 */
class StormTest {
    private static final int THREADS = 10;
    private static final int LOOPS = 3;
    private static final int MOST_SERVICES = 3;
    private static final long STORM_NANOS = TimeUnit.SECONDS.toNanos(Long.getLong("aio.storm.seconds", 2));
    private static final long CALM_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long SEED = Long.getLong("aio.storm.seed", 1);

    private final Core core = new Core(Owners.NONE, List::of, "storm");
    private final Queue<CountingDrivers> drivers = new ConcurrentLinkedQueue<>();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final AtomicLong numbers = new AtomicLong();
    private final AtomicLong done = new AtomicLong();

    /** What policies there are. */
    private enum Kind { SELECTOR, PROACTOR, CANNOT_OPEN, DRIVER_FAILS, NO_DRIVER }

    /** A policy that may be a bad one. */
    private static final class Stormy extends AbstractEventLoopPolicy {
        private final Kind kind;

        Stormy(LoopFactory loops, IoDriverFactory driver, Kind kind) {
            super(loops, driver);
            this.kind = kind;
        }

        @Override
        public Optional<IoDriverFactory> driver() {
            return switch (kind) {
                case DRIVER_FAILS -> throw new AssertionError("the test wants it");
                case NO_DRIVER -> Optional.empty();
                default -> super.driver();
            };
        }
    }

    private EventLoopPolicy policy(String name, Kind kind) {
        IoDriverFactory real = kind == Kind.PROACTOR ? new ProactorDriverFactory() : new SelectorDriverFactory();
        CountingDrivers counting = new CountingDrivers(name, real, kind == Kind.CANNOT_OPEN);
        drivers.add(counting);
        return new Stormy(core.factory(), counting, kind);
    }

    private Candidate arrive(String name, Kind kind, int ranking) {
        long id = numbers.incrementAndGet();
        EventLoopPolicy policy = policy(name, kind);
        Candidate candidate = Candidate.ofService(id, new Owner(id, "bundle." + name), Description.of(name, ranking),
                new PolicyProvider() {
                    @Override
                    public EventLoopPolicy get() {
                        return policy;
                    }
                });
        core.registry().arrived(candidate);
        return candidate;
    }

    @Test
    @Timeout(600)
    void stormOfPolicies_underLiveLoops() throws Exception {
        Candidate base = arrive("base", Kind.SELECTOR, Integer.MIN_VALUE);
        List<LoopThread> loops = new ArrayList<>();
        List<Traffic> traffic = new ArrayList<>();
        for (int i = 0; i < LOOPS; i++) {
            EventLoop loop = core.factory().newLoop(drivers.peek(), LoopOptions.defaults().withName("storm-" + i));
            loops.add(LoopThread.start(loop));
            Server echo = loop.createServer(EchoProtocol::new, "127.0.0.1", 0).get(20, TimeUnit.SECONDS);
            traffic.add(Traffic.start(echo.addresses().get(0), 2));
        }
        storm();
        assertThat(failures).isEmpty();
        core.registry().admin().unpin();
        core.registry().directory().ranks().keySet().forEach(core.registry().admin()::unrank);
        core.registry().setEventLoopPolicy(null);
        awaitCalm(loops);
        for (Traffic each : traffic) {
            each.awaitProgress();
            each.stop();
        }
        assertThat(core.registry().directory().policies()).extracting(PolicyInfo::name, PolicyInfo::state)
                .containsExactly(tuple("base", PolicyState.CURRENT));
        assertThat(core.registry().directory().pinned()).isEmpty();
        assertThat(core.registry().directory().history()).isNotEmpty().last()
                .satisfies(last -> assertThat(last.to()).hasValue("base"));
        assertThat(loops).allSatisfy(loop -> assertThat(loop.loop().info().exchanges()).isPositive());
        loops.forEach(LoopThread::close);
        core.registry().left(base, ChangeReason.SERVICE_LEFT, "the test ends");
        core.close();
        assertThat(drivers).allSatisfy(each -> assertThat(each.open()).as(each.name()).isZero());
        assertThat(drivers).flatExtracting(CountingDrivers::wrong).isEmpty();
    }

    /** Waits until each loop stands on the driver of the policy that is left, and nothing else is open. */
    private void awaitCalm(List<LoopThread> loops) {
        long start = System.nanoTime();
        String wrong = wrong(loops);
        while (!wrong.isEmpty() && System.nanoTime() - start < CALM_NANOS) {
            LockSupport.parkNanos(1_000_000);
            wrong = wrong(loops);
        }
        assertThat(wrong).as("after " + done + " changes, the last of them "
                + core.registry().directory().history()).isEmpty();
    }

    private String wrong(List<LoopThread> loops) {
        StringBuilder wrong = new StringBuilder();
        for (LoopThread each : loops) {
            LoopInfo info = each.loop().info();
            if (!info.driver().equals(Optional.of("base"))) {
                wrong.append(info.name()).append(" is on ").append(info.driver().orElse("parked")).append("; ");
            }
        }
        for (CountingDrivers each : drivers) {
            int expected = each.name().equals("base") ? LOOPS : 0;
            if (each.open() != expected) {
                wrong.append(each.open()).append(" of ").append(each.name()).append(" are open; ");
            }
        }
        return wrong.toString();
    }

    // ---- the storm

    private void storm() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        long start = System.nanoTime();
        for (int i = 0; i < THREADS; i++) {
            int number = i;
            Thread thread = new Thread(() -> {
                try {
                    storm(number, start);
                } catch (RuntimeException | Error e) {
                    failures.add(e);
                }
            }, "storm " + i);
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join(STORM_NANOS / 1_000_000 + 60_000);
            assertThat(thread.isAlive()).as(thread.getName() + " hangs").isFalse();
        }
    }

    private void storm(int number, long start) {
        Random random = new Random(SEED * THREADS + number);
        List<Candidate> mine = new ArrayList<>();
        while (System.nanoTime() - start < STORM_NANOS) {
            change(number, random, mine);
            done.incrementAndGet();
            LockSupport.parkNanos(random.nextInt(2_000_000));
        }
        mine.forEach(candidate -> core.registry().left(candidate, ChangeReason.SERVICE_LEFT, "the storm is over"));
    }

    private void change(int number, Random random, List<Candidate> mine) {
        String name = "p" + number + "-" + random.nextInt(3);
        Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
        int ranking = random.nextInt(100) - 20;
        switch (random.nextInt(9)) {
            case 0, 1 -> {
                if (mine.size() < MOST_SERVICES) {
                    mine.add(arrive(name, kind, ranking));
                }
            }
            case 2 -> {
                if (!mine.isEmpty()) {
                    core.registry().left(
                            mine.remove(random.nextInt(mine.size())), ChangeReason.SERVICE_LEFT, "service left");
                }
            }
            case 3 -> {
                if (!mine.isEmpty()) {
                    core.registry().described(mine.get(0), Description.of(name, ranking));
                }
            }
            case 4 -> named(() -> core.registry().admin().pin(name));
            case 5 -> core.registry().admin().unpin();
            case 6 -> {
                named(() -> core.registry().admin().rank(name, ranking));
                core.registry().admin().unrank(name);
            }
            case 7 -> {
                try (Installation installed = core.registry().install(policy("code " + name, kind))) {
                    LockSupport.parkNanos(random.nextInt(3_000_000));
                }
            }
            default -> core.registry().setEventLoopPolicy(random.nextBoolean() ? policy("set " + name, kind) : null);
        }
    }

    /** Names that are not there, or are refused, are. */
    private static void named(Runnable change) {
        try {
            change.run();
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining("p");
        }
    }
}
