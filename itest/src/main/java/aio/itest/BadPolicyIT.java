package aio.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.EventLoops;
import aio.itest.PlainPolicy.Registered;
import aio.loop.EventLoop;
import aio.policy.ChildWatcher;
import aio.policy.EventLoopPolicy;
import aio.policy.PolicyAdmin;
import aio.policy.PolicyDirectory;
import aio.policy.PolicyInfo;
import aio.spi.IoDriverFactory;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;

/** Proves that a policy that does not work does no harm and is explained. */
@Timeout(60)
@ExtendWith(LeavesNothing.class)
class BadPolicyIT {
    private final PolicyAdmin admin = Framework.admin();
    private final PolicyDirectory directory = Framework.directory();

    private String current() {
        return directory.current().map(PolicyInfo::name).orElse("none");
    }

    private PolicyInfo named(String name) {
        return directory.policies().stream().filter(policy -> policy.name().equals(name)).findFirst().orElseThrow();
    }

    @Test
    void serviceThatGivesNull_isRefusedWithAReason_andTheNextOneTaken() {
        try (Registered there = PlainPolicy.register("nothing", 100, new Giving(null))) {
            assertThat(current()).isEqualTo("default");
            assertThat(named("nothing").state()).hasToString("refused");
            assertThat(named("nothing").why())
                    .anySatisfy(reason -> assertThat(reason).contains("refused", "gave null"));
            assertThatThrownBy(() -> admin.pin("nothing"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("'nothing' is refused");
            assertThat(current()).isEqualTo("default");
        }
    }

    @Test
    void serviceThatThrows_isRefusedWithAReason_andTriedAgainWhenItIsModified() {
        AtomicBoolean broken = new AtomicBoolean(true);
        PlainPolicy mended = new PlainPolicy();
        Giving giving = new Giving(mended) {
            @Override
            public EventLoopPolicy getService(Bundle bundle, ServiceRegistration<EventLoopPolicy> registration) {
                if (broken.get()) {
                    throw new IllegalStateException("planted failure");
                }
                return super.getService(bundle, registration);
            }
        };
        try (Registered there = PlainPolicy.register("broken", 100, giving)) {
            assertThat(current()).isEqualTo("default");
            assertThat(named("broken").state()).hasToString("refused");
            broken.set(false);
            there.rank(101);
            assertThat(EventLoops.getEventLoopPolicy()).isSameAs(mended);
        }
    }

    @Test
    void policyThatReturnsNull_isAClearErrorThatNamesPolicyAndMethod() {
        NullPolicy nothing = new NullPolicy();
        try (Registered there = PlainPolicy.register("null", 100, nothing)) {
            assertThatThrownBy(EventLoops::newEventLoop)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(NullPolicy.class.getName() + " returned null from newEventLoop");
            assertThatThrownBy(EventLoops::getEventLoop).hasMessageContaining("returned null from getEventLoop");
            assertThatThrownBy(EventLoops::getChildWatcher).hasMessageContaining("returned null from getChildWatcher");
            assertThat(named("null").why()).anySatisfy(
                    reason -> assertThat(reason).contains("driver() returned null", "expected an Optional"));
        }
    }

    @Test
    void policyWithoutDriver_leavesRunningLoopsOnTheirs_andSaysSo() throws Exception {
        try (LoopThread loop = LoopThread.start();
                Registered there = PlainPolicy.register("driverless", 100, new PlainPolicy())) {
            assertThat(loop.loop().info().driver().orElse("parked")).isEqualTo("selector");
            assertThat(directory.history()).last().satisfies(change -> assertThat(change.stayed())
                    .anySatisfy(text -> assertThat(text).contains("brings no driver", "keep")));
            assertThat(loop.call(() -> 41 + 1)).isEqualTo(42);
        }
    }

    @Test
    void closedLoop_isRefusedByWhatWouldUseIt() {
        EventLoop loop = EventLoops.newEventLoop();
        loop.close();
        assertThatThrownBy(() -> loop.callSoonThreadsafe(() -> { }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(loop.name())
                .hasMessageContaining("closed");
    }

    private static class Giving implements ServiceFactory<EventLoopPolicy> {
        private final @Nullable EventLoopPolicy policy;

        Giving(@Nullable EventLoopPolicy policy) {
            this.policy = policy;
        }

        @Override
        @NullUnmarked
        public EventLoopPolicy getService(Bundle bundle, ServiceRegistration<EventLoopPolicy> registration) {
            return policy;
        }

        @Override
        public void ungetService(
                Bundle bundle, ServiceRegistration<EventLoopPolicy> registration, EventLoopPolicy service) {
            // nothing was made
        }
    }

    @NullUnmarked
    private static final class NullPolicy implements EventLoopPolicy {
        @Override
        public EventLoop getEventLoop() {
            return null;
        }

        @Override
        public void setEventLoop(EventLoop loop) {
            // not kept
        }

        @Override
        public EventLoop newEventLoop() {
            return null;
        }

        @Override
        public ChildWatcher getChildWatcher() {
            return null;
        }

        @Override
        public Optional<IoDriverFactory> driver() {
            return null;
        }
    }
}
