package aio.policy.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.EventLoops;
import aio.loop.EventLoop;
import aio.loop.LoopOptions;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an operator tries, plans and pins for some loops by JMX. */
@Timeout(60)
class TrialBeanTest {
    private static final String TEXT = String.class.getName();

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final EventLoop loop = EventLoops.newEventLoop(LoopOptions.defaults().withName("an edge"));
    private final ObjectName policies = Beans.name("Policies", null);
    private Beans beans;

    @BeforeEach
    void register() {
        beans = new Beans(EventLoops.policyDirectory(), EventLoops.policyAdmin(), EventLoops.loopDirectory());
    }

    @AfterEach
    void takeAway() {
        EventLoops.policyAdmin().unpin();
        beans.stop();
        loop.close();
    }

    private Object call(String operation, String... arguments) throws Exception {
        String[] types = new String[arguments.length];
        Arrays.fill(types, TEXT);
        return server.invoke(policies, operation, arguments, types);
    }

    @Test
    void aTrial_isBegunAndShown_andEndsWithTheNextChoice() throws Exception {
        assertThat((String) call("use", "default", "--canary 'loop:an edge'")).startsWith(
                "canary:loop:an edge: process -> default (operator tries it on loop:an edge); ");
        CompositeData trial = (CompositeData) server.getAttribute(policies, "Trial");
        assertThat(trial.get("policy")).isEqualTo("default");
        assertThat(trial.get("canary")).isEqualTo("loop:an edge");
        assertThat(trial.get("state")).isEqualTo("staying");
        assertThat(trial.get("over")).isEqualTo(false);
        assertThat(trial.get("until")).isNull();
        call("use", "default", "--for 2h");
        assertThat((String) server.getAttribute(policies, "PinnedUntil")).startsWith("20").endsWith("Z");
        CompositeData over = (CompositeData) server.getAttribute(policies, "Trial");
        assertThat(over.get("state")).isEqualTo("ended");
        assertThat(over.get("number")).isEqualTo(trial.get("number"));
    }

    @Test
    void aPlan_saysWhatEachLoopWouldDo_asOpenTypes_andChangesNothing() throws Exception {
        CompositeData plan = (CompositeData) call("plan", "default", "--watch 30s --max-lag 30ms");
        assertThat(plan.get("policy")).isEqualTo("default");
        assertThat(plan.get("current")).isEqualTo("default");
        assertThat((CompositeData[]) plan.get("loops")).anySatisfy(each -> {
            assertThat(each.get("loop")).isEqualTo("an edge");
            assertThat(each.get("step")).isEqualTo("stays");
            assertThat((String) each.get("why")).contains("on driver 'selector' already");
        });
        assertThat((String[]) plan.get("notes")).isNotEmpty();
        assertThat(server.getAttribute(policies, "Pinned")).isEqualTo("");
    }

    @Test
    void aPinForSomeLoops_isShown_andRemoved() throws Exception {
        call("use", "default", "--loop 'an edge'");
        TabularData pins = (TabularData) server.getAttribute(policies, "ScopePins");
        assertThat(pins.get(new Object[] {"loop:an edge"}).get("value")).isEqualTo("default");
        assertThat(server.getAttribute(policies, "Pinned")).isEqualTo("");
        call("auto", "--loop 'an edge'");
        assertThat(((TabularData) server.getAttribute(policies, "ScopePins")).isEmpty()).isTrue();
        assertThat((String) call("auto", "--loop 'an edge'")).isEqualTo("no change for loop:an edge");
    }

    @Test
    void aWrongOption_isRefused_andNothingIsPinned() throws Exception {
        assertThatThrownBy(() -> call("use", "default", "--max-lag often"))
                .cause().isInstanceOf(IllegalArgumentException.class)
                .hasMessage("max.lag is 'often': expected a time such as 500ms, 30s, 1h30m or PT30S");
        assertThat(server.getAttribute(policies, "Pinned")).isEqualTo("");
    }

    @Test
    void connections_areAskedOfALoop_andAWrongNumberIsRefused() throws Exception {
        ObjectName loops = Beans.name("Loops", null);
        String[] types = {TEXT, long.class.getName()};
        assertThat((CompositeData[]) server.invoke(
                loops, "connections", new Object[] {"an edge"}, new String[] {TEXT})).isEmpty();
        assertThatThrownBy(() -> server.invoke(loops, "closeConnection", new Object[] {"an edge", 7L}, types))
                .rootCause().isInstanceOf(IllegalArgumentException.class).hasMessageContaining("7");
    }
}
