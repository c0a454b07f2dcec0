package aio.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.EventLoops;
import aio.loop.EventLoop;
import aio.policy.EventLoopPolicy;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The current loop of a thread, and the one that is made on first use: C009 to C022. */
@Asyncio("policy#AbstractEventLoopPolicy.get_event_loop")
public abstract class CurrentLoopContract extends LoopContract {

    @Test
    void c009_madeOnFirstUse_goesThroughTheOverridableMethods() {
        RecordingPolicy policy = new RecordingPolicy(driver());
        EventLoops.designateMainThread(Thread.currentThread());

        EventLoop made = closing(policy.getEventLoop());

        assertThat(policy.calls())
                .containsExactly("getEventLoop", "newEventLoop", "setEventLoop(" + made.name() + ")");
        assertThat(policy.getEventLoop()).isSameAs(made);
        assertThat(policy.calls()).filteredOn("newEventLoop"::equals).hasSize(1);
    }

    @Test
    void c010_madeOnFirstUse_warnsOnce() {
        EventLoopPolicy policy = newPolicy();
        EventLoops.designateMainThread(Thread.currentThread());
        try (LogCapture log = LogCapture.start()) {
            EventLoop made = closing(policy.getEventLoop());
            assertThat(policy.getEventLoop()).isSameAs(made);

            assertThat(noCurrentLoop(log)).hasSize(1);
        }
    }

    @Test
    void c010_loopThatIsSet_isAnsweredWithoutAWarning() {
        EventLoopPolicy policy = newPolicy();
        EventLoops.designateMainThread(Thread.currentThread());
        policy.setEventLoop(loop);
        try (LogCapture log = LogCapture.start()) {
            assertThat(policy.getEventLoop()).isSameAs(loop);

            assertThat(noCurrentLoop(log)).isEmpty();
        }
    }

    private static List<String> noCurrentLoop(LogCapture log) {
        return log.warnings().stream()
                .filter(line -> line.contains("There is no current event loop"))
                .toList();
    }

    @Test
    void c010_afterSetToNull_noneIsMade() {
        EventLoopPolicy policy = newPolicy();
        EventLoops.designateMainThread(Thread.currentThread());

        policy.setEventLoop(null);

        assertThatThrownBy(policy::getEventLoop).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void c013_otherThreads_neverMakeOne() {
        EventLoopPolicy policy = newPolicy();
        EventLoops.designateMainThread(Thread.currentThread());

        assertThatThrownBy(() -> elsewhere("worker-7", policy::getEventLoop))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("There is no current event loop in thread \"worker-7\"");
    }

    @Test
    void c013_withoutAMainThread_noneIsMade() {
        RecordingPolicy policy = new RecordingPolicy(driver());

        assertThatThrownBy(policy::getEventLoop)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("\"" + Thread.currentThread().getName() + "\"");
        assertThat(policy.calls()).containsExactly("getEventLoop");
    }

    @Test
    @Asyncio("policy#AbstractEventLoopPolicy.set_event_loop")
    void c015_set_replaces_andClosesNothing() {
        EventLoopPolicy policy = newPolicy();
        EventLoop next = newLoop();
        policy.setEventLoop(loop);

        policy.setEventLoop(next);

        assertThat(policy.getEventLoop()).isSameAs(next);
        assertThat(loop.isClosed()).isFalse();
    }

    @Test
    @Asyncio("policy#AbstractEventLoopPolicy.set_event_loop")
    void c017_failedSet_leavesNoTrace() {
        AtomicBoolean broken = new AtomicBoolean(true);
        EventLoopPolicy policy = new RecordingPolicy(driver()) {
            @Override
            protected Object context() {
                if (broken.get()) {
                    throw new UnsupportedOperationException("no context yet");
                }
                return super.context();
            }
        };
        EventLoops.designateMainThread(Thread.currentThread());

        assertThatThrownBy(() -> policy.setEventLoop(null)).hasMessage("no context yet");
        broken.set(false);

        assertThat(closing(policy.getEventLoop()).isClosed()).isFalse();
    }

    @Test
    void c019_eachThread_hasItsOwn() throws Exception {
        EventLoopPolicy policy = newPolicy();
        EventLoop others = newLoop();
        policy.setEventLoop(loop);

        EventLoop there = elsewhere(() -> {
            assertThatThrownBy(policy::getEventLoop).isInstanceOf(IllegalStateException.class);
            policy.setEventLoop(others);
            return policy.getEventLoop();
        });

        assertThat(there).isSameAs(others);
        assertThat(policy.getEventLoop()).isSameAs(loop);
    }

    @Test
    void c019_oneLoop_mayBeCurrentInTwoThreads() throws Exception {
        EventLoopPolicy policy = newPolicy();
        policy.setEventLoop(loop);

        EventLoop there = elsewhere(() -> {
            policy.setEventLoop(loop);
            return policy.getEventLoop();
        });

        assertThat(there).isSameAs(loop);
    }

    @Test
    void c021_closedLoop_isStillAnswered() {
        EventLoopPolicy policy = newPolicy();
        policy.setEventLoop(loop);

        loop.close();

        assertThat(policy.getEventLoop()).isSameAs(loop);
        assertThat(policy.getEventLoop().isClosed()).isTrue();
    }

    @Test
    @Asyncio("policy#AbstractEventLoopPolicy.set_event_loop")
    void c021_closedLoop_maybeSet() {
        EventLoopPolicy policy = newPolicy();
        loop.close();

        policy.setEventLoop(loop);

        assertThat(policy.getEventLoop()).isSameAs(loop);
    }

    @Test
    void c022_startedThread_inheritsNothing() {
        EventLoopPolicy policy = newPolicy();
        policy.setEventLoop(loop);

        assertThatThrownBy(() -> elsewhere(policy::getEventLoop)).isInstanceOf(IllegalStateException.class);
    }
}
