package aio.policy.jmx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.EventLoops;
import aio.loop.EventLoop;
import aio.loop.LoopOptions;
import java.lang.management.ManagementFactory;
import javax.management.MBeanAttributeInfo;
import javax.management.RuntimeMBeanException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The beans, as a client of JMX sees them. */
@Timeout(60)
class BeansTest {
    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final EventLoop loop = EventLoops.newEventLoop();
    private final ObjectName policies = Beans.name("Policies", null);
    private final ObjectName loops = Beans.name("Loops", null);
    private final ObjectName mine = Beans.name("Loop", loop.name());
    private Beans beans;

    @BeforeEach
    void register() {
        beans = new Beans(EventLoops.policyDirectory(), EventLoops.policyAdmin(), EventLoops.loopDirectory());
        beans.addLoop(loop);
    }

    @AfterEach
    void takeAway() {
        beans.removeLoop(loop);
        beans.stop();
        loop.close();
        assertThat(server.queryNames(null, null)).noneMatch(name -> name.getDomain().equals("aio"));
    }

    @Test
    void everyAttribute_canBeRead() throws Exception {
        loop.callSoon(loop::stop);
        loop.runForever();
        for (ObjectName name : new ObjectName[] {policies, loops, mine}) {
            for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
                Object value = server.getAttribute(name, attribute.getName());
                if (!attribute.getName().equals("Trial")) { // there was none
                    assertThat(value).as(attribute.getName()).isNotNull();
                }
            }
        }
        assertThat(server.getAttribute(mine, "Callbacks")).isEqualTo(1L);
        assertThat((double) server.getAttribute(mine, "Utilization")).isBetween(0.0, 1.0);
        assertThat(server.getAttribute(mine, "Driver")).isEqualTo("selector");
    }

    @Test
    void policiesAreShown_asOpenTypes() throws Exception {
        assertThat(server.getAttribute(policies, "Current")).isEqualTo("default");
        assertThat(first().get("name")).isEqualTo("default");
        assertThat(first().get("state")).isEqualTo("current");
        CompositeData[] all = (CompositeData[]) server.getAttribute(loops, "Loops");
        assertThat(all).anyMatch(each -> each.get("name").equals(loop.name()));
    }

    @Test
    void operationsSayWhatTheyDid_andWhatIsWrong() throws Exception {
        String[] text = {String.class.getName()};
        assertThat((String) server.invoke(policies, "auto", new Object[0], new String[0])).contains("no change");
        assertThatThrownBy(() -> server.invoke(policies, "use", new Object[] {"nobody"}, text))
                .isInstanceOf(RuntimeMBeanException.class)
                .rootCause().isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no policy 'nobody'; present: default");
        assertThat((String) server.invoke(policies, "use", new Object[] {"default"}, text)).contains("default");
        assertThat(server.getAttribute(policies, "Pinned")).isEqualTo("default");
        server.invoke(policies, "auto", new Object[0], new String[0]);
        assertThat(server.getAttribute(policies, "Pinned")).isEqualTo("");
    }

    @Test
    void aLoopOfAnyName_hasABean() {
        ObjectName name = Beans.name("Loop", "a,b=\"c\"*?\n");
        assertThat(ObjectName.unquote(name.getKeyProperty("name"))).isEqualTo("a,b=\"c\"*?\n");
    }

    @Test
    void aNameThatSomebodyElseHas_staysHis() throws Exception {
        Beans second = new Beans(EventLoops.policyDirectory(), EventLoops.policyAdmin(), EventLoops.loopDirectory());
        try (EventLoop same = EventLoops.newEventLoop(LoopOptions.defaults().withName(loop.name()))) {
            second.addLoop(same);
            beans.addLoop(same);
            beans.removeLoop(same);
        }
        second.stop();
        assertThat(server.getAttribute(policies, "Current")).isEqualTo("default");
        assertThat(server.getAttribute(mine, "State")).isEqualTo("idle");
    }

    @Test
    void rankings_areGivenAndTakenBack() throws Exception {
        String[] types = {String.class.getName(), int.class.getName()};
        assertThat((String) server.invoke(policies, "rank", new Object[] {"default", 7}, types)).contains("no change");
        assertThat(first().get("ranking")).isEqualTo(7);
        String[] text = {String.class.getName()};
        assertThat((String) server.invoke(policies, "resetRank", new Object[] {"default"}, text)).contains("no change");
        assertThat(first().get("ranking")).isEqualTo(Integer.MIN_VALUE);
    }

    @Test
    void confirmations_areGivenAndTakenBack() throws Exception {
        String[] text = {String.class.getName()};
        assertThat((String) server.invoke(policies, "confirm", new Object[] {"default"}, text)).contains("no change");
        assertThat(EventLoops.policyDirectory().confirmed()).containsOnlyKeys("default");
        assertThat((String) server.invoke(policies, "resetConfirmation", new Object[] {"default"}, text))
                .contains("no change");
        assertThat(EventLoops.policyDirectory().confirmed()).isEmpty();
    }

    private CompositeData first() throws Exception {
        return ((CompositeData[]) server.getAttribute(policies, "Policies"))[0];
    }

    @Test
    void loops_areDrainedAndClosed() throws Exception {
        String[] seconds = {int.class.getName()};
        assertThat((String[]) server.invoke(loops, "drain", new Object[] {1}, seconds)).isEmpty();
        String[] text = {String.class.getName()};
        assertThatThrownBy(() -> server.invoke(loops, "close", new Object[] {"nobody"}, text))
                .rootCause().isInstanceOf(IllegalArgumentException.class).hasMessageContaining("no loop 'nobody'");
    }
}
