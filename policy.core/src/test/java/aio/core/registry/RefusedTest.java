package aio.core.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.core.registry.Fixture.FakePolicy;
import aio.core.registry.Fixture.Service;
import aio.loop.LoopExit;
import aio.policy.EventLoopPolicy;
import aio.spi.IoDriverFactory;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RefusedTest {
    private final Fixture f = new Fixture();

    @Test
    void serviceThatGivesNull_isRefusedWithReasonAndTheNextIsTaken() {
        f.service("default", 0);
        f.service("broken", 100, () -> null);
        assertThat(f.currentName()).isEqualTo("default");
        assertThat(f.info("broken").state()).hasToString("refused");
        assertThat(f.info("broken").why()).anySatisfy(line -> assertThat(line).startsWith("refused:").contains("null"));
        assertThat(f.directory.history()).hasSize(1);
    }

    @Test
    void serviceThatThrows_isRefusedWithReason() {
        f.service("broken", 100, () -> {
            throw new IllegalStateException("no such engine");
        });
        assertThat(f.info("broken").why()).anySatisfy(line -> assertThat(line).contains("no such engine"));
        assertThatThrownBy(f.registry::getEventLoopPolicy).hasMessageContaining("no such engine");
    }

    @Test
    void refusedService_isTriedAgainWhenModified() {
        AtomicReference<@Nullable EventLoopPolicy> policy = new AtomicReference<>();
        f.service("default", 0);
        Service service = f.service("late", 100, policy::get);
        assertThat(f.currentName()).isEqualTo("default");
        policy.set(new FakePolicy("late"));
        service.ranking(100);
        assertThat(f.currentName()).isEqualTo("late");
        assertThat(f.summaries()).last().isEqualTo("default -> late (service modified)");
    }

    @Test
    void pinOfRefusedPolicy_isRefusedWithReason() {
        f.service("default", 0);
        f.service("broken", 100, () -> null);
        assertThatThrownBy(() -> f.admin.pin("broken"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("policy 'broken' is refused");
        assertThat(f.directory.pinned()).isEmpty();
    }

    @Test
    void driverThatThrows_isRefusedWithReason_andTheNextOneIsCurrent() {
        f.service("default", 0);
        for (Throwable failure : List.of(new IllegalStateException("no ring"), new AssertionError("no ring"),
                new OutOfMemoryError("no ring"), new LoopExit("no ring"))) {
            Service throwing = f.service("throws", 100, new FakePolicy("x") {
                @Override
                public Optional<IoDriverFactory> driver() {
                    throw FailingPolicyTest.<RuntimeException>any(failure);
                }
            });
            assertThat(f.currentName()).isEqualTo("default");
            assertThat(f.info("throws").state()).hasToString("refused");
            assertThat(f.info("throws").why())
                    .anySatisfy(line -> assertThat(line).contains("driver() failed", "no ring"));
            assertThat(throwing.ungets).hasValue(1);
            throwing.unregister();
        }
    }

    @Test
    void driverThatIsNull_meansNewLoopsOnly() {
        f.service("default", 0);
        f.service("nulls", 200, new FakePolicy("y") {
            @Override
            @SuppressWarnings("NullAway")
            public Optional<IoDriverFactory> driver() {
                return null;
            }
        });
        assertThat(f.info("nulls").why()).anySatisfy(line -> assertThat(line).contains("returned null"));
    }

    @Test
    void policyThatChangesTheSelectionWhileItIsMade_isNotRefused() {
        FakePolicy inner = new FakePolicy("inner");
        f.service("outer", 100, () -> {
            f.service("inner", 5, inner);
            return new FakePolicy("outer");
        });
        assertThat(f.currentName()).isEqualTo("outer");
        assertThat(f.info("inner").state()).hasToString("standby");
    }
}
