package aio.core.registry;

import static org.assertj.core.api.Assertions.assertThat;

import aio.core.registry.Fixture.FakePolicy;
import aio.core.registry.Fixture.Service;
import aio.loop.EventLoop;
import aio.policy.EventLoopPolicy;
import aio.policy.Installation;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SlotsTest {
    private final Fixture f = new Fixture();
    private final Object here = new Object();

    private @Nullable EventLoop get() {
        return f.registry.slots(f.registry.getEventLoopPolicy()).get(here);
    }

    private EventLoop set() {
        EventLoop loop = Fixture.loop();
        f.registry.slots(f.registry.getEventLoopPolicy()).set(here, loop);
        return loop;
    }

    @Test
    void changeByServices_carriesTheSlotsOver() {
        f.service("default", 0);
        EventLoop loop = set();
        Service high = f.service("high", 100);
        assertThat(get()).isSameAs(loop);
        EventLoop second = set();
        high.unregister();
        assertThat(get()).isSameAs(second);
    }

    @Test
    void changeByOperator_carriesTheSlotsOver() {
        f.service("default", 0);
        f.service("high", 100);
        EventLoop loop = set();
        f.admin.pin("default");
        assertThat(get()).isSameAs(loop);
    }

    @Test
    void c005_nullForgetsCurrentLoops_settingThePolicyAgainBringsThemBack() {
        f.service("default", 0);
        EventLoopPolicy policy = f.registry.getEventLoopPolicy();
        EventLoop loop = set();
        f.registry.setEventLoopPolicy(null);
        assertThat(get()).isNull();
        f.registry.setEventLoopPolicy(null);
        assertThat(get()).isNull();
        f.registry.setEventLoopPolicy(policy);
        assertThat(get()).isSameAs(loop);
    }

    @Test
    void c018_policiesDoNotShareState() {
        f.service("default", 0);
        EventLoop loop = set();
        EventLoopPolicy before = f.registry.getEventLoopPolicy();
        FakePolicy p = new FakePolicy("p");
        FakePolicy q = new FakePolicy("q");
        f.registry.setEventLoopPolicy(p);
        assertThat(get()).isNull();
        EventLoop loopOfP = set();
        f.registry.setEventLoopPolicy(q);
        assertThat(get()).isNull();
        f.registry.setEventLoopPolicy(p);
        assertThat(get()).isSameAs(loopOfP);
        f.registry.setEventLoopPolicy(before);
        assertThat(get()).as("saved and restored").isSameAs(loop);
    }

    @Test
    void c018_policiesThatAreNotInstalled_doNotShareState() {
        FakePolicy p = new FakePolicy("p");
        FakePolicy q = new FakePolicy("q");
        f.registry.slots(p).set(here, Fixture.loop());
        assertThat(f.registry.slots(q).get(here)).isNull();
        assertThat(f.registry.slots(p).get(here)).isNotNull();
    }

    @Test
    @Timeout(20)
    void c019_slotsBelongToTheThread() throws InterruptedException {
        f.service("default", 0);
        EventLoopPolicy policy = f.registry.getEventLoopPolicy();
        EventLoop mine = Fixture.loop();
        f.registry.slots(policy).set(Thread.currentThread(), mine);
        AtomicReference<@Nullable EventLoop> seen = new AtomicReference<>(mine);
        Thread other = new Thread(() -> {
            seen.set(f.registry.slots(policy).get(Thread.currentThread()));
            f.registry.slots(policy).set(Thread.currentThread(), Fixture.loop());
        });
        other.start();
        other.join();
        assertThat(seen.get()).isNull();
        assertThat(f.registry.slots(policy).get(Thread.currentThread())).isSameAs(mine);
    }

    @Test
    void closedInstallation_restoresTheSlotsThatWereThere() {
        f.service("default", 0);
        EventLoop loop = set();
        Installation installation = f.registry.install(new FakePolicy("p"));
        assertThat(get()).isNull();
        installation.close();
        assertThat(get()).isSameAs(loop);
    }

    @Test
    void stoppedBundle_restoresTheSlotsThatWereThere() {
        f.service("default", 0);
        EventLoop loop = set();
        f.owners.caller = new Owner(20, "user");
        f.registry.setEventLoopPolicy(new FakePolicy("p"));
        f.registry.stopping(new Owner(20, "user"));
        assertThat(get()).isSameAs(loop);
    }

    @Test
    void installedPolicy_keepsItsSlotsWhenServicesChange() {
        f.service("default", 0);
        f.registry.setEventLoopPolicy(new FakePolicy("p"));
        EventLoop loop = set();
        f.service("high", 100);
        assertThat(get()).isSameAs(loop);
    }

    @Test
    void mayCreate_untilSetWasCalled_neverIfStrict() {
        f.service("default", 0);
        EventLoopPolicy policy = f.registry.getEventLoopPolicy();
        assertThat(f.registry.slots(policy).mayCreate(here)).isTrue();
        f.registry.slots(policy).set(here, null);
        assertThat(f.registry.slots(policy).mayCreate(here)).isFalse();
        assertThat(f.registry.slots(policy).mayCreate("elsewhere")).isTrue();
        f.registry.configure(new Settings(true, 1000, 100));
        assertThat(f.registry.slots(policy).mayCreate("elsewhere")).isFalse();
    }

    @Test
    void loopsOfStoppedBundles_areForgotten() {
        f.service("default", 0);
        EventLoop foreign = set();
        Owner bundle = new Owner(33, "foreign");
        f.owners.classes.put(foreign.getClass(), bundle);
        f.registry.stopped(new Owner(34, "other"));
        assertThat(get()).isSameAs(foreign);
        f.registry.stopped(bundle);
        assertThat(get()).isNull();
    }

    @Test
    void contexts_areComparedByEquals() {
        f.service("default", 0);
        EventLoopPolicy policy = f.registry.getEventLoopPolicy();
        String context = new String("context");
        EventLoop loop = Fixture.loop();
        f.registry.slots(policy).set(context, loop);
        assertThat(f.registry.slots(policy).get("con".concat("text"))).isSameAs(loop);
        assertThat(context).isNotNull();
    }
}
