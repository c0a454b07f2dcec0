package aio.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.EventLoops;
import aio.itest.PlainPolicy.Registered;
import aio.loop.EventLoop;
import aio.policy.AbstractEventLoopPolicy;
import aio.policy.EventLoopPolicy;
import aio.policy.PolicyAdmin;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Proves what happens to a thread's current loop when the policy changes. */
@Timeout(60)
@ExtendWith(LeavesNothing.class)
class SlotsIT {
    private final PolicyAdmin admin = Framework.admin();
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private EventLoop loop;

    @BeforeEach
    void makeLoop() {
        loop = EventLoops.newEventLoop();
    }

    @AfterEach
    void end() throws Exception {
        thread.submit(() -> EventLoops.setEventLoop(null)).get();
        thread.shutdown();
        loop.close();
    }

    private EventLoop currentLoop() throws Exception {
        return thread.submit(EventLoops::getEventLoop).get();
    }

    private void setLoop() throws Exception {
        thread.submit(() -> EventLoops.setEventLoop(loop)).get();
    }

    @Test
    void slots_carryOver_whenServicesOrTheOperatorChangeThePolicy() throws Exception {
        setLoop();
        try (Installed win = Installed.winselector()) {
            win.start();
            assertThat(currentLoop()).isSameAs(loop);
            admin.pin("default");
            assertThat(currentLoop()).isSameAs(loop);
            admin.unpin();
            assertThat(currentLoop()).isSameAs(loop);
            win.stop();
            assertThat(currentLoop()).isSameAs(loop);
        } finally {
            admin.unpin();
        }
    }

    @Test
    void slots_areThreads_anotherThreadHasNone() throws Exception {
        setLoop();
        assertThatThrownBy(EventLoops::getEventLoop)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no current event loop in thread \"" + Thread.currentThread().getName() + "\"");
    }

    @Test
    void slots_areThePolicysOwn_afterSetEventLoopPolicy() throws Exception {
        setLoop();
        EventLoopPolicy standard = EventLoops.getEventLoopPolicy();
        EventLoops.setEventLoopPolicy(new OnDriverOf(standard));
        assertThatThrownBy(this::currentLoop).hasMessageContaining("There is no current event loop");
        EventLoops.setEventLoopPolicy(standard);
        assertThat(currentLoop()).isSameAs(loop);
    }

    @Test
    void slots_setAfterNull_areThereAgain_whenAPolicyWasSetAndTakenBack() throws Exception {
        thread.submit(() -> EventLoops.setEventLoop(loop)).get();
        EventLoops.setEventLoopPolicy(null);
        assertThatThrownBy(this::currentLoop).hasMessageContaining("There is no current event loop");
        EventLoop second = EventLoops.newEventLoop();
        try {
            thread.submit(() -> EventLoops.setEventLoop(second)).get();
            EventLoopPolicy standard = EventLoops.getEventLoopPolicy();
            EventLoops.setEventLoopPolicy(new OnDriverOf(standard));
            EventLoops.setEventLoopPolicy(standard);
            assertThat(currentLoop()).isSameAs(second);
        } finally {
            second.close();
        }
    }

    @Test
    void slots_ofAPolicyThatIsRegistered_areShared() throws Exception {
        setLoop();
        OnDriverOf other = new OnDriverOf(EventLoops.getEventLoopPolicy());
        try (Registered there = PlainPolicy.register("other", 1, other)) {
            assertThat(EventLoops.getEventLoopPolicy()).isSameAs(other);
            assertThat(currentLoop()).isSameAs(loop);
        }
    }

    private static final class OnDriverOf extends AbstractEventLoopPolicy {
        OnDriverOf(EventLoopPolicy policy) {
            super(Framework.loopFactory(), policy.driver().orElseThrow());
        }
    }
}
