package aio.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.EventLoops;
import aio.loop.EventLoop;
import aio.loop.LoopOptions;
import aio.policy.EventLoopPolicy;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Policy objects and module functions: C001 to C037, without the current loop, see {@link CurrentLoopContract}. */
@Asyncio("policy#AbstractEventLoopPolicy")
public abstract class PolicyContract extends LoopContract {

    @Test
    @Asyncio("policy#get_event_loop_policy")
    void c001_currentPolicy_isTheSameObjectEachTime() {
        EventLoopPolicy first = EventLoops.getEventLoopPolicy();

        assertThat(first).isNotNull();
        assertThat(EventLoops.getEventLoopPolicy()).isSameAs(first);
    }

    @Test
    @Asyncio("policy#set_event_loop_policy")
    void c002_installedPolicy_isAnswered_inEveryThread() throws Exception {
        EventLoopPolicy before = EventLoops.getEventLoopPolicy();
        EventLoopPolicy installed = newPolicy();

        EventLoops.setEventLoopPolicy(installed);

        assertThat(EventLoops.getEventLoopPolicy()).isSameAs(installed).isNotSameAs(before);
        assertThat(elsewhere(EventLoops::getEventLoopPolicy)).isSameAs(installed);
    }

    @Test
    @NotInAsyncio("policies have no names")
    void everyPolicyThatIsThere_isHadByItsName_withoutItsClass() {
        assertThat(EventLoops.policyDirectory().policies()).isNotEmpty().allSatisfy(info ->
                assertThat(EventLoops.policy(info.name())).isNotNull().isSameAs(EventLoops.policy(info.name())));
        assertThatThrownBy(() -> EventLoops.policy("nobody"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no policy 'nobody'");
    }

    @Test
    @Asyncio("policy#set_event_loop_policy")
    void c003_nullForInstall_isRefused_andThePolicyStays() {
        EventLoopPolicy installed = newPolicy();
        EventLoops.setEventLoopPolicy(installed);

        assertThatThrownBy(() -> EventLoops.install(null)).isInstanceOf(NullPointerException.class);

        assertThat(EventLoops.getEventLoopPolicy()).isSameAs(installed);
    }

    @Test
    @Asyncio("policy#set_event_loop_policy")
    void c005_nullForgetsCurrentLoops_andTheSavedPolicyBringsThemBack() {
        EventLoopPolicy saved = newPolicy();
        EventLoops.setEventLoopPolicy(saved);
        EventLoops.setEventLoop(loop);

        EventLoops.setEventLoopPolicy(null);

        assertThat(EventLoops.getEventLoopPolicy()).isNotSameAs(saved);
        assertThatThrownBy(EventLoops::getEventLoop).isInstanceOf(IllegalStateException.class);
        EventLoops.setEventLoopPolicy(saved);
        assertThat(EventLoops.getEventLoop()).isSameAs(loop);
        assertThat(loop.isClosed()).isFalse();
    }

    @Test
    @Asyncio("policy#get_event_loop_policy")
    void c006_racingLookups_answerOneObject() {
        int racers = 8;
        CyclicBarrier line = new CyclicBarrier(racers);
        Set<EventLoopPolicy> answers = ConcurrentHashMap.newKeySet();
        Set<Thread> done = ConcurrentHashMap.newKeySet();
        EventLoops.setEventLoopPolicy(null);

        for (int racer = 0; racer < racers; racer++) {
            start("racer " + racer, () -> {
                try {
                    line.await();
                    answers.add(EventLoops.getEventLoopPolicy());
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
                done.add(Thread.currentThread());
            });
        }

        await("every racer has its answer", () -> done.size() == racers);
        assertThat(answers).hasSize(1);
    }

    @Test
    @Asyncio("policy#AbstractEventLoopPolicy.get_child_watcher")
    void c007_policyWithoutChildWatcher_saysSo() {
        EventLoopPolicy bare = new BarePolicy();

        assertThatThrownBy(bare::getChildWatcher)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining(BarePolicy.class.getName());
        assertThatThrownBy(() -> bare.setChildWatcher(null)).isInstanceOf(UnsupportedOperationException.class);
        assertThat(bare.driver()).as("the driver for loops that follow").isEmpty();
    }

    @Test
    @Asyncio("policy#AbstractEventLoopPolicy.new_event_loop")
    void c014_newEventLoop_makes_andDoesNotInstall() {
        EventLoopPolicy policy = newPolicy();
        policy.setEventLoop(loop);

        EventLoop first = closing(policy.newEventLoop());
        EventLoop second = closing(policy.newEventLoop());

        assertThat(first).isNotSameAs(second).isNotSameAs(loop);
        assertThat(policy.getEventLoop()).isSameAs(loop);
        assertThat(first.isRunning()).isFalse();
        assertThat(first.isClosed()).isFalse();
    }

    @Test
    @Asyncio("eventloop#new_event_loop")
    void c014_moduleFunction_makesByThePolicy() {
        RecordingPolicy policy = new RecordingPolicy(driver());
        EventLoops.setEventLoopPolicy(policy);

        EventLoop made = closing(EventLoops.newEventLoop());

        assertThat(made.isClosed()).isFalse();
        assertThat(policy.calls()).containsExactly("newEventLoop");
    }

    @Test
    @Asyncio("policy#AbstractEventLoopPolicy.new_event_loop")
    void newEventLoop_withOptions_makesALoopOfThatNameThatDoesNotFollow() {
        LoopOptions options = LoopOptions.defaults().withName("mine").withFollowing(false);
        EventLoop made = closing(newPolicy().newEventLoop(options));

        assertThat(made.name()).isEqualTo("mine");
        assertThat(made.info().follows()).isFalse();
        EventLoops.setEventLoopPolicy(new RecordingPolicy(driver()));
        assertThat(closing(EventLoops.newEventLoop(options)).name()).isEqualTo("mine");
        assertThatThrownBy(() -> newPolicy().newEventLoop(null)).isInstanceOf(NullPointerException.class);
        EventLoops.setEventLoopPolicy(new BarePolicy());
        assertThatThrownBy(() -> EventLoops.newEventLoop(options)).isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining(BarePolicy.class.getName());
    }

    @Test
    void c018_policies_shareNoState() {
        EventLoopPolicy one = newPolicy();
        EventLoopPolicy other = newPolicy();

        one.setEventLoop(loop);

        assertThat(one.getEventLoop()).isSameAs(loop);
        assertThatThrownBy(other::getEventLoop).isInstanceOf(IllegalStateException.class);
    }

    @Test
    @Asyncio("eventloop#get_running_loop")
    void c023_withoutARun_thereIsNoRunningLoop() {
        EventLoops.setEventLoop(loop);

        assertThatThrownBy(EventLoops::getRunningLoop)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no running event loop");
    }

    @Test
    @Asyncio("eventloop#get_event_loop")
    void c025_failureOfThePolicy_passesUnchanged() {
        IllegalArgumentException failure = new IllegalArgumentException("of the policy");
        EventLoops.setEventLoopPolicy(new BarePolicy() {
            @Override
            public EventLoop getEventLoop() {
                throw failure;
            }
        });

        assertThatThrownBy(EventLoops::getEventLoop).isSameAs(failure);
        EventLoops.setEventLoop(loop);
        assertThatThrownBy(EventLoops::getEventLoop).isSameAs(failure);
        EventLoops.setEventLoop(null);
        assertThatThrownBy(EventLoops::getEventLoop).isSameAs(failure);
    }

    @Test
    @Asyncio("eventloop#get_event_loop")
    void c025_runningLoop_isAnsweredAlthoughThePolicyFails() throws Exception {
        EventLoops.setEventLoopPolicy(new BarePolicy() {
            @Override
            public EventLoop getEventLoop() {
                throw new IllegalArgumentException("of the policy");
            }
        });

        assertThat(inside(loop, EventLoops::getEventLoop)).isSameAs(loop);
    }

    @Test
    @Asyncio("eventloop#get_event_loop")
    void c026_runningLoop_winsOverTheCurrentOne() throws Exception {
        EventLoop current = newLoop();
        EventLoops.setEventLoop(current);

        assertThat(inside(loop, EventLoops::getEventLoop)).isSameAs(loop);
        assertThat(inside(loop, EventLoops::getRunningLoop)).isSameAs(loop);
        assertThat(inside(loop, () -> EventLoops.getEventLoopPolicy().getEventLoop())).isSameAs(current);
    }

    @Test
    @Asyncio("eventloop#set_event_loop")
    void c027_setInsideARun_takesEffectAfterIt() throws Exception {
        EventLoop next = newLoop();

        EventLoop during = inside(loop, () -> {
            EventLoops.setEventLoop(next);
            return EventLoops.getEventLoop();
        });
        assertThat(during).isSameAs(loop);
        assertThat(EventLoops.getEventLoop()).isSameAs(next);

        during = inside(loop, () -> {
            EventLoops.setEventLoop(null);
            return EventLoops.getEventLoop();
        });
        assertThat(during).isSameAs(loop);
        assertThatThrownBy(EventLoops::getEventLoop)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("There is no current event loop");
    }

    @Test
    @Asyncio("eventloop#get_running_loop")
    void c029_refusedNestedRun_keepsTheOuterLoopRunning() throws Exception {
        EventLoop other = newLoop();

        EventLoop during = inside(loop, () -> {
            assertThatThrownBy(other::runForever).isInstanceOf(IllegalStateException.class);
            return EventLoops.getRunningLoop();
        });

        assertThat(during).isSameAs(loop);
        assertThat(other.isRunning()).isFalse();
    }

    @Test
    @Asyncio("policy#set_event_loop_policy")
    void c030_policySetInsideARun_leavesTheRunAlone() throws Exception {
        EventLoopPolicy other = newPolicy();

        EventLoop during = inside(loop, () -> {
            EventLoops.setEventLoopPolicy(other);
            assertThat(EventLoops.getEventLoopPolicy()).isSameAs(other);
            return EventLoops.getEventLoop();
        });

        assertThat(during).isSameAs(loop);
        assertThat(inside(loop, () -> "the loop runs on")).isEqualTo("the loop runs on");
    }

    @Test
    @Asyncio("eventloop#get_event_loop")
    void c031_policyThatReturnsNull_isNamedInTheError() {
        EventLoops.setEventLoopPolicy(new BarePolicy());

        assertThatThrownBy(EventLoops::getEventLoop)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(BarePolicy.class.getName())
                .hasMessageContaining("getEventLoop");
        assertThatThrownBy(EventLoops::newEventLoop)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(BarePolicy.class.getName())
                .hasMessageContaining("newEventLoop");
    }

    @Test
    @Asyncio("policy#AbstractEventLoopPolicy.get_event_loop")
    void c035_contextOfItsOwn_givesOneLoopToAllThreads() throws Exception {
        Object everybody = new Object();
        EventLoops.setEventLoopPolicy(new RecordingPolicy(driver()) {
            @Override
            protected Object context() {
                return everybody;
            }
        });

        elsewhere(() -> {
            EventLoops.setEventLoop(loop);
            return null;
        });

        assertThat(EventLoops.getEventLoop()).isSameAs(loop);
        assertThat(elsewhere(EventLoops::getEventLoop)).isSameAs(loop);
    }

    /** Returns null from every method, as a policy must not. */
    private static class BarePolicy implements EventLoopPolicy {

        @Override
        public EventLoop getEventLoop() {
            return null;
        }

        @Override
        public void setEventLoop(@Nullable EventLoop loop) {}

        @Override
        public EventLoop newEventLoop() {
            return null;
        }
    }
}
