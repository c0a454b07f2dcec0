package aio.core.registry;

import static org.assertj.core.api.Assertions.assertThat;

import aio.core.registry.Fixture.FakePolicy;
import aio.core.registry.Fixture.Service;
import aio.policy.EventLoopPolicy;
import aio.policy.Installation;
import aio.spi.IoDriverFactory;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each method of a policy fails at each of its first calls, in the life of a service that comes, is ranked, pinned,
 * used, installed and goes: the selection goes on, and what has left is current no more. The methods are found by
 * reflection.
 */
@Timeout(60)
class PolicyMethodsTest {
    private static final int CALLS = 3;
    private static final long HANG_NANOS = 5_000_000;

    private static final Logger LOG = Logger.getLogger("aio");

    private final Fixture f = new Fixture();

    /** Refusals are what this is about: a line for each says nothing. */
    @BeforeAll
    static void quiet() {
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void loud() {
        LOG.setLevel(null);
    }

    /** What a method does instead of what it should. */
    private enum Kind { FAILS, ANSWERS_NULL, HANGS }

    static Stream<Named<Method>> methods() {
        return Arrays.stream(EventLoopPolicy.class.getMethods()).map(method -> Named.of(method.getName(), method));
    }

    /** A policy one method of which fails at one call. */
    private static final class Faulty {
        final AtomicInteger calls = new AtomicInteger();
        final EventLoopPolicy policy;
        boolean happened;

        Faulty(Method faulty, int atCall, Kind kind, Throwable failure) {
            FakePolicy real = new FakePolicy("faulty");
            policy = (EventLoopPolicy) Proxy.newProxyInstance(Faulty.class.getClassLoader(),
                    new Class<?>[] {EventLoopPolicy.class}, (proxy, method, arguments) -> {
                        if (method.getName().equals("equals")) {
                            return proxy == arguments[0];
                        }
                        if (method.equals(faulty) && calls.incrementAndGet() == atCall) {
                            happened = true;
                            switch (kind) {
                                case FAILS -> throw failure;
                                case HANGS -> LockSupport.parkNanos(HANG_NANOS);
                                default -> {
                                    return null;
                                }
                            }
                        }
                        try {
                            return method.invoke(real, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }
    }

    @ParameterizedTest
    @MethodSource("methods")
    void methodThatFails_jamsNothing(Method method) {
        for (int call = 1; call <= CALLS; call++) {
            for (Named<Throwable> failure : FailingPolicyTest.failures()) {
                live(new Faulty(method, call, Kind.FAILS, failure.getPayload()));
            }
            for (Kind kind : List.of(Kind.ANSWERS_NULL, Kind.HANGS)) {
                live(new Faulty(method, call, kind, new AssertionError("not thrown")));
            }
        }
    }

    private static void live(Faulty faulty) {
        Fixture f = new Fixture();
        Service good = f.service("good", 10);
        Service bad = f.service("bad", 100, faulty.policy);
        explained(f, faulty);
        bad.ranking(1);
        assertThat(f.currentName()).isEqualTo("good");
        bad.ranking(200);
        explained(f, faulty);
        pin(f);
        use(f.registry.getEventLoopPolicy());
        f.registry.setEventLoopPolicy(faulty.policy);
        explained(f, faulty);
        use(f.registry.getEventLoopPolicy());
        f.registry.setEventLoopPolicy(null);
        try (Installation installed = f.registry.install(faulty.policy)) {
            use(f.registry.getEventLoopPolicy());
        }
        good.ranking(11);
        bad.unregister();
        assertThat(f.currentName()).isEqualTo("good");
        assertThat(f.published.get()).isNotNull().isNotSameAs(faulty.policy);
        assertThat(bad.gets).hasValue(bad.ungets.get());
        Service next = f.service("next", 50);
        assertThat(f.currentName()).isEqualTo("next");
        next.unregister();
        good.unregister();
        assertThat(f.published).hasValue(null);
    }

    /** A policy that is there and not current says why. */
    private static void explained(Fixture f, Faulty faulty) {
        if (faulty.happened && f.currentName().equals("good")) {
            assertThat(f.info("bad").state()).hasToString("refused");
            assertThat(f.info("bad").why()).anySatisfy(line -> assertThat(line).contains("driver() failed"));
        }
    }

    private static void pin(Fixture f) {
        try {
            f.admin.pin("bad");
        } catch (IllegalArgumentException refused) {
            assertThat(refused).hasMessageContaining("bad");
        }
        f.admin.unpin();
    }

    /** As users do, who bear what the policy throws at them. */
    private static void use(EventLoopPolicy policy) {
        for (Method each : EventLoopPolicy.class.getMethods()) {
            try {
                each.invoke(policy, new Object[each.getParameterCount()]);
            } catch (InvocationTargetException e) {
                assertThat(e.getCause()).isNotNull();
            } catch (IllegalAccessException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void policyThatHangs_holdsUpNobodyElse() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        Service good = f.service("good", 10);
        Service hanging = f.make("hanging", 100, () -> new FakePolicy("hanging") {
            @Override
            public Optional<IoDriverFactory> driver() {
                asked.countDown();
                await(answer);
                return super.driver();
            }
        });
        FutureTask<@Nullable Void> arriving = new FutureTask<>(hanging::register, null);
        new Thread(arriving, "arriving").start();
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();

        assertThat(f.currentName()).isEqualTo("good");
        f.service("better", 200);
        assertThat(f.currentName()).isEqualTo("better");
        hanging.unregister();
        good.unregister();
        assertThat(f.currentName()).isEqualTo("better");

        answer.countDown();
        arriving.get(10, TimeUnit.SECONDS);
        assertThat(f.currentName()).isEqualTo("better");
        assertThat(hanging.gets).as("what came too late is given back").hasValue(hanging.ungets.get());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
