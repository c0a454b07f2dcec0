package aio.core.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.core.registry.Fixture.FakeDriver;
import aio.loop.EventLoop;
import aio.policy.AbstractEventLoopPolicy;
import aio.policy.LoopFactory;
import aio.policy.MainThread;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rule of Python 3.14, which the configuration switches on: no loop is ever made on first use. */
class StrictTest {
    private final Fixture f = new Fixture();
    private final List<String> calls = new ArrayList<>();
    private final Policy policy = new Policy(new CoreLoopFactory(f.followers, f.registry, () -> {
        throw new AssertionError("nobody asks for a watcher here");
    }));

    @BeforeEach
    void designate() {
        MainThread.designate(Thread.currentThread());
    }

    @AfterEach
    void undo() {
        MainThread.designate(null);
    }

    @Test
    void c011_strict_makesNoLoop_andSetsNone() {
        f.registry.configure(new Settings(true, 1000, 100));

        assertThatThrownBy(policy::getEventLoop)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("There is no current event loop in thread \"" + Thread.currentThread().getName());
        assertThat(calls).isEmpty();
    }

    @Test
    void c011_strictOnlyForAWhile_leavesTheSlotAsItWas() {
        f.registry.configure(new Settings(true, 1000, 100));
        assertThatThrownBy(policy::getEventLoop).isInstanceOf(IllegalStateException.class);
        f.registry.configure(Settings.DEFAULTS);

        assertThat(policy.getEventLoop()).isNotNull();
        assertThat(calls).containsExactly("newEventLoop", "setEventLoop");
    }

    private final class Policy extends AbstractEventLoopPolicy {
        Policy(LoopFactory loops) {
            super(loops, new FakeDriver("none"));
        }

        @Override
        public EventLoop newEventLoop() {
            calls.add("newEventLoop");
            return super.newEventLoop();
        }

        @Override
        public void setEventLoop(@Nullable EventLoop loop) {
            calls.add("setEventLoop");
            super.setEventLoop(loop);
        }
    }
}
