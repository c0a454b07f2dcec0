package aio.core.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.core.registry.Fixture.FakePolicy;
import aio.core.registry.Fixture.Service;
import aio.loop.LoopExit;
import aio.policy.EventLoopPolicy;
import aio.policy.Installation;
import aio.policy.PolicyState;
import aio.spi.DriverFeature;
import aio.spi.IoDriverFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Policies and listeners that throw whatever they like, when they are asked the first time or later. */
@Timeout(60)
class FailingPolicyTest {
    private final Fixture f = new Fixture();

    static List<Named<Throwable>> failures() {
        return Stream.<Throwable>of(new IllegalStateException("planted"), new AssertionError("planted"),
                new NoClassDefFoundError("planted"), new OutOfMemoryError("planted"), new StackOverflowError("planted"),
                new InternalError("planted"),
                new ThreadDeath(), new LoopExit("planted"), new Untellable())
                .map(failure -> Named.of(failure.getClass().getSimpleName(), failure))
                .toList();
    }

    /** A failure that cannot even be told. */
    private static final class Untellable extends Error {
        @Override
        public String getMessage() {
            throw new IllegalStateException("no message");
        }

        @Override
        public String toString() {
            throw new IllegalStateException("no text");
        }
    }

    /** Lets a test throw whatever it likes. */
    @SuppressWarnings("unchecked")
    static <T extends Throwable> T any(Throwable failure) throws T {
        throw (T) failure;
    }

    /** A policy whose driver() fails at one of the calls. */
    private static final class Failing extends FakePolicy {
        private final Throwable failure;
        private final int atCall;
        private int calls;

        Failing(String name, Throwable failure, int atCall) {
            super(name);
            this.failure = failure;
            this.atCall = atCall;
        }

        @Override
        public Optional<IoDriverFactory> driver() {
            calls++;
            if (calls == atCall) {
                throw FailingPolicyTest.<RuntimeException>any(failure);
            }
            return super.driver();
        }
    }

    @ParameterizedTest
    @MethodSource("failures")
    void policyThatFails_jamsNothing_andWhatLeavesIsGoneAtOnce(Throwable failure) {
        Service good = f.service("good", 10);
        Service bad = f.service("bad", 100, new Failing("bad", failure, 1));
        assertThat(f.currentName()).isEqualTo("good");
        assertThat(f.info("bad").state()).hasToString("refused");

        good.unregister();

        assertThat(f.published).hasValue(null);
        assertThat(f.directory.policies()).extracting(info -> info.state()).containsExactly(PolicyState.REFUSED);
        assertThatThrownBy(f.registry::getEventLoopPolicy).isInstanceOf(IllegalStateException.class);
        f.service("next", 5);
        assertThat(f.currentName()).isEqualTo("next");
        assertThat(f.published.get()).isNotNull();
        bad.unregister();
        assertThat(f.currentName()).isEqualTo("next");
        assertThat(bad.gets).hasValue(bad.ungets.get());
    }

    @ParameterizedTest
    @MethodSource("failures")
    void providerThatFails_isRefused_andTriedAgainWhenModified(Throwable failure) {
        AtomicInteger calls = new AtomicInteger();
        FakePolicy mended = new FakePolicy("mended");
        f.service("good", 10);
        Service bad = f.service("bad", 100, () -> {
            if (calls.incrementAndGet() == 1) {
                throw FailingPolicyTest.<RuntimeException>any(failure);
            }
            return mended;
        });
        assertThat(f.currentName()).isEqualTo("good");

        bad.ranking(101);

        assertThat(f.registry.getEventLoopPolicy()).isSameAs(mended);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void policySetByCode_thatFails_isUsedForNewLoopsOnly(Throwable failure) {
        f.service("good", 10);
        Failing bad = new Failing("bad", failure, 1);

        f.registry.setEventLoopPolicy(bad);

        assertThat(f.registry.getEventLoopPolicy()).isSameAs(bad);
        assertThat(f.directory.current().orElseThrow().why()).anySatisfy(
                line -> assertThat(line).contains("driver() failed", "new loops only"));
        f.registry.setEventLoopPolicy(null);
        assertThat(f.currentName()).isEqualTo("good");
    }

    @ParameterizedTest
    @MethodSource("failures")
    void listenerThatFails_keepsNoOtherFromBeingTold(Throwable failure) {
        List<String> told = new ArrayList<>();
        f.service("good", 10);
        try (Installation first = f.directory.addListener(change -> {
                    throw FailingPolicyTest.<RuntimeException>any(failure);
                });
                Installation second = f.directory.addListener(change -> told.add(change.to().orElse("none")))) {
            f.service("better", 20);
        }
        assertThat(told).containsExactly("better");
    }

    @ParameterizedTest
    @MethodSource("failures")
    void driverWithoutAName_isNamedByItsClass(Throwable failure) {
        IoDriverFactory nameless = new IoDriverFactory() {
            @Override
            public String name() {
                throw FailingPolicyTest.<RuntimeException>any(failure);
            }

            @Override
            public Set<DriverFeature> features() {
                return Set.of();
            }

            @Override
            public aio.spi.IoDriver open(aio.spi.DriverContext context) {
                throw new IllegalStateException("not opened here");
            }
        };
        f.followers.onFollow = () -> {
            throw new IllegalStateException("not to be followed in this test");
        };
        f.service("nameless", 10, new FakePolicy("x") {
            @Override
            public Optional<IoDriverFactory> driver() {
                return Optional.of(nameless);
            }
        });
        assertThat(f.info("nameless").driver()).hasValue(nameless.getClass().getName());
        assertThat(f.currentName()).isEqualTo("nameless");
    }

    @Test
    void whatHasLeft_isPublishedNoMore_whileTheNextOneIsBeingMade() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        FakePolicy slow = new FakePolicy("slow");
        Service current = f.service("current", 100);
        f.service("slow", 10, () -> {
            asked.countDown();
            return await(answer) ? slow : null;
        });
        FutureTask<Void> leaving = new FutureTask<>(current::unregister, null);
        new Thread(leaving, "leaving").start();
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();

        assertThat(f.published).hasValue(null);

        answer.countDown();
        leaving.get(10, TimeUnit.SECONDS);
        assertThat(f.published).hasValue(slow);
        assertThat(f.summaries()).last().isEqualTo("current -> slow (service left)");
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void policyThatIsInstalledToo_leavesByBothWays() {
        EventLoopPolicy policy = new FakePolicy("both");
        Service service = f.service("both", 100, policy);
        f.service("other", 10);
        assertThat(f.registry.getEventLoopPolicy()).isSameAs(policy);
        f.registry.setEventLoopPolicy(policy);

        service.unregister();

        assertThat(f.currentName()).isEqualTo("other");
        assertThat(f.summaries()).last().isEqualTo("both -> other (service left)");
    }

    @Test
    void nameOfAPolicy_cannotForgeARow() {
        f.service("evil\n\u001b[2Jfake", 10);

        assertThat(f.currentName()).isEqualTo("evil\\n\\u001b[2Jfake");
        f.admin.pin("evil\\n\\u001b[2Jfake");
    }

    @Test
    void rankingWithoutAText_isExplainedAllTheSame() {
        Object ranking = new Object() {
            @Override
            public @Nullable String toString() {
                throw new AssertionError("no text");
            }
        };
        f.service("odd", ranking);

        assertThat(f.info("odd").why())
                .anySatisfy(line -> assertThat(line).contains("service.ranking is", "toString fails"));
    }
}
