package aio.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import aio.core.model.Reference.Loop;
import aio.core.model.Reference.Policy;
import aio.core.registry.Candidate;
import aio.core.registry.Core;
import aio.core.registry.Description;
import aio.core.registry.Owner;
import aio.core.registry.Owners;
import aio.core.registry.PolicyProvider;
import aio.loop.EventLoop;
import aio.loop.LoopInfo;
import aio.loop.LoopOptions;
import aio.loop.Server;
import aio.loop.ServerOptions;
import aio.policy.ChangeReason;
import aio.policy.EventLoopPolicy;
import aio.policy.Installation;
import aio.policy.PolicyInfo;
import aio.policy.PolicyState;
import aio.spi.IoDriverFactory;
import aio.transport.StreamProtocol;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A core among fake drivers, and the reference beside it: does an action to both, and compares them. One thread. */
final class World implements AutoCloseable {
    private static final int NAMES = 4;
    private static final int MOST_LOOPS = 4;
    private static final int MOST_POLICIES = 6;
    private static final long CALM_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final FakeDrivers drivers = new FakeDrivers();
    private final Reference reference = new Reference();
    private final Core core = new Core(Owners.NONE, List::of, "model");
    private final Map<Policy, Candidate> candidates = new HashMap<>();
    private final Map<Policy, Installation> installations = new HashMap<>();
    private final Map<Loop, RealLoop> loops = new HashMap<>();
    private long numbers;

    /** A loop, its listening socket, and the thread that runs it, if one does. */
    private static final class RealLoop {
        final EventLoop loop;
        @Nullable ServerSocketChannel listening;
        @Nullable Thread runner;

        RealLoop(EventLoop loop) {
            this.loop = loop;
        }
    }

    void act(Action action) throws Exception {
        switch (action.kind()) {
            case ARRIVE -> arrive(action);
            case DEPART -> withService(action, this::depart);
            case DESCRIBE -> withService(action, policy -> {
                policy.rank = action.how();
                core.registry().described(candidates.get(policy), Description.of(policy.name, action.how()));
            });
            case RANK -> withService(action, policy -> {
                reference.operatorRanks.put(policy.name, action.how());
                core.registry().admin().rank(policy.name, action.how());
            });
            case UNRANK -> {
                reference.operatorRanks.remove(nameOf(action));
                core.registry().admin().unrank(nameOf(action));
            }
            case PIN -> withService(action, this::pin);
            case UNPIN -> {
                reference.pin = null;
                core.registry().admin().unpin();
            }
            case INSTALL -> install(action);
            case UNINSTALL -> uninstall(action);
            case INSTALL_REFUSING -> installRefusing();
            case DEPART_UNDER_REFUSING -> withService(action, this::departUnderRefusing);
            case SET -> {
                Policy policy = madeByCode(action);
                reference.installed.removeIf(each -> !installations.containsKey(each)); // it was set: replaced
                reference.installed.add(policy);
                core.registry().setEventLoopPolicy(policy.real);
            }
            case RESET -> {
                reference.installed.clear();
                installations.clear();
                core.registry().setEventLoopPolicy(null);
            }
            case NEW_LOOP -> newLoop(true);
            case NEW_OWN_LOOP -> newLoop(false);
            case RUN -> withLoop(action, this::start);
            case STOP -> withLoop(action, this::stop);
            case RUN_ONCE -> withLoop(action, this::runOnce);
            case CLOSE -> withLoop(action, this::closeLoop);
        }
        compareCurrent();
        reference.settle();
    }

    private interface On<T> {
        void act(T subject) throws Exception;
    }

    private void withService(Action action, On<Policy> act) throws Exception {
        if (!reference.services.isEmpty()) {
            act.act(reference.services.get(action.who() % reference.services.size()));
        }
    }

    private void withLoop(Action action, On<Loop> act) throws Exception {
        if (!reference.loops.isEmpty()) {
            act.act(reference.loops.get(action.who() % reference.loops.size()));
        }
    }

    private static String nameOf(Action action) {
        return "p" + action.who() % NAMES;
    }

    // ---- policies

    private void arrive(Action action) {
        if (reference.services.size() < MOST_POLICIES) {
            FakeDrivers.Kind[] kinds = FakeDrivers.Kind.values();
            int last = FakeDrivers.Kind.CANNOT_ADOPT.ordinal();
            Policy policy = made(nameOf(action), kinds[Math.abs(action.how()) % last], action.how());
            Candidate candidate = Candidate.ofService(policy.id, new Owner(policy.id, "bundle." + policy.name),
                    Description.of(policy.name, policy.rank), new PolicyProvider() {
                        @Override
                        public EventLoopPolicy get() {
                            return policy.real;
                        }
                    });
            candidates.put(policy, candidate);
            reference.services.add(policy);
            core.registry().arrived(candidate);
        }
    }

    private Policy made(String name, FakeDrivers.Kind kind, int rank) {
        long id = ++numbers;
        IoDriverFactory driver = drivers.factory(name + "#" + id, kind);
        boolean hasDriver = kind != FakeDrivers.Kind.NONE;
        return new Policy(name, id, hasDriver ? driver.name() : null, FakeDrivers.works(kind), rank,
                new FakePolicy(hasDriver ? driver : null));
    }

    private void depart(Policy policy) {
        reference.services.remove(policy);
        if (policy.driver != null) {
            reference.departed.add(policy.driver);
        }
        core.registry().left(candidates.remove(policy), ChangeReason.SERVICE_LEFT, "service left");
    }

    /** A refused policy cannot be pinned; if another of its name is there, that one is. */
    private void pin(Policy policy) {
        try {
            core.registry().admin().pin(policy.name);
            reference.pin = policy.name;
        } catch (IllegalArgumentException e) {
            assertThat(policy.refused).as(e.getMessage()).isTrue();
        }
    }

    /** A refused policy would have no number to be known by, so its driver works, or there is none. */
    private Policy madeByCode(Action action) {
        List<FakeDrivers.Kind> kinds = List.of(FakeDrivers.Kind.WORKS, FakeDrivers.Kind.STUMBLES,
                FakeDrivers.Kind.CANNOT_RELEASE, FakeDrivers.Kind.NONE);
        return made("code", kinds.get(Math.abs(action.how()) % kinds.size()), 0);
    }

    private void install(Action action) {
        Policy policy = madeByCode(action);
        reference.installed.add(policy);
        installations.put(policy, core.registry().install(policy.real));
    }

    /** A driver that fails in the middle of the exchange: loops return to where they were, and stay there. */
    private void installRefusing() {
        try (Installation installed = core.registry().install(made("code", FakeDrivers.Kind.CANNOT_ADOPT, 0).real)) {
            compareWhenCalm();
        }
        compareWhenCalm();
    }

    /** The current driver takes no channel, and another one leaves: its loops go to any that works, probed or not. */
    private void departUnderRefusing(Policy leaving) {
        Policy refusing = made("code", FakeDrivers.Kind.CANNOT_ADOPT, 0);
        reference.installed.add(refusing);
        try (Installation installed = core.registry().install(refusing.real)) {
            compareCurrent();
            compareWhenCalm();
            depart(leaving);
            compareCurrent();
            Policy current = reference.current();
            if (current == null || current == refusing || current.driver == null) {
                reference.settleAnywhereBut(refusing, this::driverOf);
            } else {
                reference.settle();
            }
            compareWhenCalm();
        } finally {
            reference.installed.remove(refusing);
        }
    }

    /** Returns where a loop is; waits until it is on one of some drivers. */
    private String driverOf(Loop loop, Set<String> fit) {
        long end = System.nanoTime() + CALM_NANOS;
        String driver = loops.get(loop).loop.info().driver().orElse(Reference.PARKED);
        while (!fit.contains(driver) && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(200));
            driver = loops.get(loop).loop.info().driver().orElse(Reference.PARKED);
        }
        return driver;
    }

    private void uninstall(Action action) {
        List<Policy> open = reference.installed.stream().filter(installations::containsKey).toList();
        if (!open.isEmpty()) {
            Policy policy = open.get(action.who() % open.size());
            reference.installed.remove(policy);
            installations.remove(policy).close();
        }
    }

    /** The current policy is right at once; a policy is refused only if its driver does not work. */
    private void compareCurrent() {
        reference.services.forEach(policy -> policy.refused = false);
        for (PolicyInfo info : core.registry().directory().policies()) {
            if (info.state() == PolicyState.REFUSED) {
                Policy policy = reference.services.stream()
                        .filter(service -> service.id == info.serviceId().orElseThrow()).findFirst().orElseThrow();
                assertThat(policy.works).as("policy " + info.name() + " works, but: " + info.why()).isFalse();
                policy.refused = true;
            }
        }
        Policy expected = reference.current();
        EventLoopPolicy current;
        try {
            current = core.registry().getEventLoopPolicy();
        } catch (IllegalStateException e) {
            current = null;
        }
        assertThat(current).as("the process-wide policy").isSameAs(expected == null ? null : expected.real);
    }

    // ---- loops

    private void newLoop(boolean follows) throws Exception {
        Policy current = reference.current();
        if (current == null || current.driver == null || !current.works || reference.loops.size() == MOST_LOOPS) {
            return;
        }
        String name = "loop-" + ++numbers;
        EventLoop loop = core.factory().newLoop(((FakePolicy) current.real).driver,
                LoopOptions.defaults().withName(name).withFollowing(follows));
        Loop made = new Loop(name, follows, current.driver);
        RealLoop real = new RealLoop(loop);
        reference.loops.add(made);
        loops.put(made, real);
        listen(real);
    }

    private static void listen(RealLoop real) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        real.listening = channel;
        Server server = real.loop.runUntilComplete(real.loop.createServer(
                () -> new StreamProtocol() {}, ServerOptions.on(channel)));
        assertThat(server.isServing()).isTrue();
    }

    private void start(Loop loop) {
        RealLoop real = loops.get(loop);
        if (real.runner == null) {
            real.runner = new Thread(real.loop::runForever, "model-" + loop.name);
            real.runner.start();
        }
    }

    private void stop(Loop loop) throws InterruptedException {
        RealLoop real = loops.get(loop);
        Thread runner = real.runner;
        if (runner != null) {
            real.loop.callSoonThreadsafe(real.loop::stop);
            runner.join();
            real.runner = null;
        }
    }

    private void runOnce(Loop loop) {
        RealLoop real = loops.get(loop);
        if (real.runner == null) {
            real.loop.callSoonThreadsafe(real.loop::stop);
            real.loop.runForever();
        }
    }

    private void closeLoop(Loop loop) throws InterruptedException {
        stop(loop);
        RealLoop real = loops.remove(loop);
        reference.loops.remove(loop);
        real.loop.close();
        assertThat(real.listening.isOpen()).as("the listening socket of a closed loop is open").isFalse();
        assertThat(drivers.openUnder(loop.name)).as("drivers of the closed loop " + loop.name).isEmpty();
    }

    /** Waits until everything is where it must be, and reports what is not. */
    void compareWhenCalm() {
        List<String> wrong = differences();
        long end = System.nanoTime() + CALM_NANOS;
        for (; !wrong.isEmpty() && System.nanoTime() - end < 0; wrong = differences()) {
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(200));
        }
        assertThat(wrong).as(() -> "of the policies "
                + core.registry().directory().policies().stream()
                        .map(info -> info.name() + " " + info.state() + " " + info.why()).toList()
                + " and changes " + core.registry().directory().history()).isEmpty();
    }

    private List<String> differences() {
        List<String> wrong = new ArrayList<>(drivers.wrong());
        Map<String, String> seen = new HashMap<>();
        for (LoopInfo info : core.loops().loops()) {
            seen.put(info.name(), info.driver().orElse("parked"));
        }
        for (Loop loop : reference.loops) {
            List<String> expected = loop.driver.equals(Reference.PARKED) ? List.of() : List.of(loop.driver);
            List<String> open = drivers.openUnder(loop.name);
            String holder = drivers.holder(loops.get(loop).listening);
            if (!loop.driver.equals(seen.get(loop.name)) || !expected.equals(open) || !loop.driver.equals(holder)) {
                wrong.add(loop.name + (loop.follows ? " (follows)" : " (its own)") + " must be on " + loop.driver
                        + "; it is on " + seen.get(loop.name) + ", its open drivers are " + open
                        + ", its socket is with " + holder);
            }
        }
        Policy current = reference.current();
        if (current != null && !current.works && reference.loops.stream().anyMatch(loop -> loop.follows)) {
            wrong.add("the policy is " + current.driver + " and loops follow, but its driver does not work");
        }
        int needed = (int) reference.loops.stream().filter(loop -> !loop.driver.equals(Reference.PARKED)).count();
        if (drivers.open() != needed) {
            wrong.add(drivers.open() + " drivers are open, must be " + needed);
        }
        if (seen.size() != reference.loops.size()) {
            wrong.add("loops " + seen.keySet() + ", must be " + reference.loops.size());
        }
        return wrong;
    }

    @Override
    public void close() throws Exception {
        try (core) { // or no other core could be made after a failure
            for (Loop loop : List.copyOf(reference.loops)) {
                closeLoop(loop);
            }
        }
        assertThat(drivers.open()).as("drivers that are open at the end").isZero();
        assertThat(drivers.wrong()).isEmpty();
    }

    /** A policy that brings a driver; its loops are made by the factory. */
    private static final class FakePolicy implements EventLoopPolicy {
        private final @Nullable IoDriverFactory driver;

        FakePolicy(@Nullable IoDriverFactory driver) {
            this.driver = driver;
        }

        @Override
        public EventLoop getEventLoop() {
            throw new IllegalStateException("not asked by the registry");
        }

        @Override
        public void setEventLoop(@Nullable EventLoop loop) {}

        @Override
        public EventLoop newEventLoop() {
            throw new IllegalStateException("not asked by the registry");
        }

        @Override
        public Optional<IoDriverFactory> driver() {
            return Optional.ofNullable(driver);
        }
    }
}
