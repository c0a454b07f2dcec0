package aio.core.registry;

import static java.util.stream.Collectors.joining;

import aio.core.kernel.Outcome;
import aio.core.kernel.Shortage;
import aio.core.kernel.wanted.Wanted;
import aio.core.loop.Loops;
import aio.core.loop.Observation;
import aio.core.loop.Probes;
import aio.core.loop.Round;
import aio.core.process.ProcessLauncher;
import aio.core.process.SharedReaper;
import aio.loop.BundleId;
import aio.loop.ConnectionInfo;
import aio.loop.EventLoop;
import aio.loop.LoopInfo;
import aio.loop.LoopOptions;
import aio.policy.ChangeReason;
import aio.policy.EventLoopPolicy;
import aio.policy.PolicyAdmin;
import aio.spi.DriverContext;
import aio.spi.DriverFeature;
import aio.spi.IoDriver;
import aio.spi.IoDriverFactory;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A registry among fakes: loops that only write down what they are told, policies and bundles that are only names. */
final class Fixture {
    final FakeFollowers followers = new FakeFollowers();
    final FakeOwners owners = new FakeOwners();
    final List<Absent> absent = new ArrayList<>();
    /** What the probes of drivers find. */
    final Map<String, String> problems = new ConcurrentHashMap<>();
    /** Lets a driver pass after all. */
    final Map<String, Runnable> latecomers = new ConcurrentHashMap<>();
    /** The drivers that cannot be probed for want of something. */
    final Set<String> wanting = ConcurrentHashMap.newKeySet();
    final AtomicReference<@Nullable EventLoopPolicy> published = new AtomicReference<>();
    final ManualTimes time = new ManualTimes();
    final Registry registry;
    final Administration administration;
    final PolicyAdmin admin;
    final Directory directory;
    private final AtomicLong ids = new AtomicLong(40);

    Fixture() {
        this(null);
    }

    /** Makes one that goes by another time than its own, which passes only when the test says so. */
    Fixture(@Nullable Times times) {
        registry = new Registry(followers, new Probes(this::problemOf), owners, () -> List.copyOf(absent),
                times == null ? time.times : times);
        administration = registry.administration();
        admin = registry.admin();
        directory = registry.directory();
        registry.publishTo(published::set);
    }

    private @Nullable String problemOf(IoDriverFactory driver, long nanos, Runnable late) throws Shortage {
        latecomers.put(driver.name(), late);
        if (wanting.contains(driver.name())) {
            throw Objects.requireNonNull(Shortage.behind(new OutOfMemoryError("no thread")));
        }
        return problems.get(driver.name());
    }

    /** Registers a service. */
    Service service(String name, @Nullable Object ranking) {
        return service(name, ranking, new FakePolicy(name));
    }

    Service service(String name, @Nullable Object ranking, EventLoopPolicy policy) {
        return service(name, ranking, () -> policy);
    }

    Service service(String name, @Nullable Object ranking, Supplier<@Nullable EventLoopPolicy> getter) {
        Service service = make(name, ranking, getter);
        service.register();
        return service;
    }

    Service make(String name, @Nullable Object ranking, Supplier<@Nullable EventLoopPolicy> getter) {
        return new Service(ids.incrementAndGet(), name, ranking, getter);
    }

    String currentName() {
        return directory.current().map(info -> info.name()).orElse("none");
    }

    List<String> summaries() {
        return directory.history().stream().map(change -> change.summary().split(";")[0]).toList();
    }

    aio.policy.PolicyInfo info(String name) {
        return directory.policies().stream().filter(info -> info.name().equals(name)).findFirst().orElseThrow();
    }

    static EventLoop loop() {
        return (EventLoop) Proxy.newProxyInstance(
                Fixture.class.getClassLoader(), new Class<?>[] {EventLoop.class}, (proxy, method, args) -> {
                    switch (method.getName()) {
                        case "equals":
                            return proxy == args[0];
                        case "hashCode":
                            return System.identityHashCode(proxy);
                        default:
                            return "toString".equals(method.getName()) ? "a loop" : null;
                    }
                });
    }

    /** A service as the framework would show it. */
    final class Service {
        final AtomicInteger gets = new AtomicInteger();
        final AtomicInteger ungets = new AtomicInteger();
        final Candidate candidate;
        final long id;
        private final String name;

        Service(long id, String name, @Nullable Object ranking, Supplier<@Nullable EventLoopPolicy> getter) {
            this.id = id;
            this.name = name;
            PolicyProvider provider = new PolicyProvider() {
                @Override
                public @Nullable EventLoopPolicy get() {
                    EventLoopPolicy policy = getter.get();
                    if (policy != null) {
                        gets.incrementAndGet();
                    }
                    return policy;
                }

                @Override
                public void release(EventLoopPolicy policy) {
                    ungets.incrementAndGet();
                }
            };
            Owner bundle = new Owner(id - 30, "bundle." + name);
            candidate = Candidate.ofService(id, bundle, Description.of(name, ranking), provider);
        }

        void register() {
            registry.arrived(candidate);
        }

        void ranking(@Nullable Object ranking) {
            registry.described(candidate, Description.of(name, ranking));
        }

        void unregister() {
            registry.left(candidate, ChangeReason.SERVICE_LEFT, "service left");
        }
    }

    /** Writes down what it is told. */
    static final class FakeFollowers implements Followers {
        @Override
        public ConnectionInfo closeConnection(String loop, long id) {
            throw new IllegalArgumentException("there are no connections");
        }

        @Override
        public List<String> drain(long patienceNanos) {
            return List.of();
        }

        final List<String> calls = Collections.synchronizedList(new ArrayList<>());
        final List<String> made = Collections.synchronizedList(new ArrayList<>());
        final List<LoopInfo> infos = Collections.synchronizedList(new ArrayList<>());
        final Map<IoDriverFactory, Integer> counts = new ConcurrentHashMap<>();
        volatile Outcome outcome = Outcome.NOTHING;
        volatile List<Round.Late> late = List.of();
        volatile Runnable onFollow = () -> {};

        @Override
        public EventLoop newLoop(
                @Nullable IoDriverFactory driver, LoopOptions options, @Nullable BundleId maker) {
            made.add((driver == null ? "parked" : driver.name()) + (options.following() ? " follows" : " alone"));
            return loop();
        }

        @Override
        public List<LoopInfo> infos() {
            return List.copyOf(infos);
        }

        @Override
        public Observation observe() {
            return new Loops(type -> Optional.empty(), new ProcessLauncher(new SharedReaper())).observe();
        }

        @Override
        public int countOn(IoDriverFactory driver) {
            return counts.getOrDefault(driver, 0);
        }

        @Override
        public boolean isAnyParked() {
            return infos.stream().anyMatch(loop -> loop.driver().isEmpty());
        }

        @Override
        public int countDriven() {
            return (int) infos.stream().filter(loop -> loop.follows() && loop.driver().isPresent()).count();
        }

        @Override
        public boolean wouldMove(IoDriverFactory driver, Collection<IoDriverFactory> gone) {
            return true;
        }

        @Override
        public Round want(
                List<Wanted.Rule> rules,
                List<IoDriverFactory> standby,
                Collection<IoDriverFactory> present,
                Collection<IoDriverFactory> gone) {
            IoDriverFactory preferred = rules.get(rules.size() - 1).driver();
            String scoped = rules.subList(0, rules.size() - 1).stream()
                    .map(rule -> ", " + rule.key() + " " + Objects.requireNonNull(rule.driver()).name())
                    .collect(joining());
            String best = preferred != null ? preferred.name()
                    : standby.isEmpty() ? "none" : "none, else " + standby.get(0).name();
            calls.add("want " + best + scoped
                    + gone.stream().map(each -> ", without " + each.name()).collect(joining()));
            return new Round() {
                @Override
                public Outcome await(long maxWaitNanos) {
                    onFollow.run();
                    return outcome;
                }

                @Override
                public List<Late> late() {
                    return late;
                }
            };
        }

        void parkOne() {
            infos.add((LoopInfo) Proxy.newProxyInstance(
                    Fixture.class.getClassLoader(), new Class<?>[] {LoopInfo.class},
                    (proxy, method, args) -> switch (method.getName()) {
                        case "driver" -> Optional.empty();
                        case "follows" -> true;
                        default -> null;
                    }));
        }
    }

    /** Whoever calls is set by the test; a class may be given to a bundle. */
    static final class FakeOwners implements Owners {
        final Map<Class<?>, Owner> classes = new ConcurrentHashMap<>();
        final Map<Long, Owner> bundles = new ConcurrentHashMap<>();
        volatile Owner caller = Owner.NONE;

        @Override
        public Owner bundle(long id) {
            return bundles.getOrDefault(id, Owner.NONE);
        }

        @Override
        public Owner of(Class<?> type) {
            return classes.getOrDefault(type, Owner.NONE);
        }

        @Override
        public Owner caller() {
            return caller;
        }
    }

    /** A policy that brings a driver of its name. */
    static class FakePolicy implements EventLoopPolicy {
        final IoDriverFactory driver;

        FakePolicy(String name) {
            driver = new FakeDriver(name);
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
            return Optional.of(driver);
        }
    }

    /** A policy with loops of its own kind. */
    static final class ForeignPolicy extends FakePolicy {
        ForeignPolicy() {
            super("foreign");
        }

        @Override
        public Optional<IoDriverFactory> driver() {
            return Optional.empty();
        }
    }

    record FakeDriver(String name) implements IoDriverFactory {
        @Override
        public Set<DriverFeature> features() {
            return Set.of();
        }

        @Override
        public IoDriver open(DriverContext context) {
            throw new IllegalStateException("not opened by the registry");
        }
    }
}
