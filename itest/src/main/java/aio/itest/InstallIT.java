package aio.itest;

import static org.assertj.core.api.Assertions.assertThat;

import aio.EventLoops;
import aio.itest.PlainPolicy.Registered;
import aio.itest.probe.PolicyInstaller;
import aio.policy.EventLoopPolicy;
import aio.policy.Installation;
import aio.policy.PolicyDirectory;
import aio.policy.PolicyInfo;
import aio.policy.PolicyRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Proves asyncio's {@code set_event_loop_policy}: before the rankings, revertible, and undone with its bundle. */
@Timeout(60)
@ExtendWith(LeavesNothing.class)
class InstallIT {
    private final PolicyRegistry registry = Framework.registry();
    private final PolicyDirectory directory = Framework.directory();
    private final EventLoopPolicy standard = EventLoops.getEventLoopPolicy();

    @Test
    void setPolicy_goesBeforeEveryRanking_andNullDropsIt() {
        PlainPolicy mine = new PlainPolicy();
        try (Registered top = PlainPolicy.register("top", Integer.MAX_VALUE, new PlainPolicy())) {
            EventLoops.setEventLoopPolicy(mine);
            assertThat(EventLoops.getEventLoopPolicy()).isSameAs(mine);
            assertThat(directory.current()).map(info -> info.source().toString()).hasValue("code");
            EventLoops.setEventLoopPolicy(null);
            assertThat(directory.current()).map(PolicyInfo::name).hasValue("top");
        }
        assertThat(EventLoops.getEventLoopPolicy()).isSameAs(standard);
    }

    @Test
    void saveAndRestore_leavesTheServicesInCharge() {
        EventLoopPolicy saved = EventLoops.getEventLoopPolicy();
        EventLoops.setEventLoopPolicy(new PlainPolicy());
        EventLoops.setEventLoopPolicy(saved);
        assertThat(directory.current()).map(info -> info.source().toString()).hasValue("service");
        try (Registered later = PlainPolicy.register("later", 7, new PlainPolicy())) {
            assertThat(directory.current()).map(PolicyInfo::name).hasValue("later");
        }
    }

    @Test
    void installation_isUndoneByClosing_inAnyOrder() {
        PlainPolicy first = new PlainPolicy();
        PlainPolicy second = new PlainPolicy();
        Installation below = EventLoops.install(first);
        Installation above = registry.install(second);
        assertThat(EventLoops.getEventLoopPolicy()).isSameAs(second);
        below.close();
        assertThat(EventLoops.getEventLoopPolicy()).isSameAs(second);
        above.close();
        assertThat(EventLoops.getEventLoopPolicy()).isSameAs(standard);
        above.close();
        assertThat(EventLoops.getEventLoopPolicy()).isSameAs(standard);
    }

    @Test
    void installation_isUndone_whenTheBundleThatMadeItStops() throws Exception {
        try (Installed owner = GeneratedBundle.install("itest.installer", PolicyInstaller.class)) {
            owner.start();
            assertThat(directory.current()).hasValueSatisfying(policy -> {
                assertThat(policy.source()).hasToString("code");
                assertThat(policy.bundle().orElseThrow().name()).isEqualTo("itest.installer");
                assertThat(policy.why()).anySatisfy(reason -> assertThat(reason).contains(owner.name()));
            });
            owner.stop();
            assertThat(EventLoops.getEventLoopPolicy()).isSameAs(standard);
            assertThat(directory.history()).last().satisfies(change ->
                    assertThat(change.cause()).isEqualTo("bundle " + owner.id() + " stopped"));
        }
    }
}
