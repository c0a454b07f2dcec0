package aio.policy.jmx;

import static org.assertj.core.api.Assertions.assertThat;

import aio.EventLoops;
import aio.loop.EventLoop;
import aio.loop.LoopOptions;
import java.lang.management.ManagementFactory;
import java.security.Principal;
import java.security.PrivilegedExceptionAction;
import java.util.List;
import java.util.Set;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.remote.JMXPrincipal;
import javax.security.auth.Subject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who calls an operation, and that changes name that user. */
@Timeout(60)
class CallerTest {
    private static final Principal ANNA = new JMXPrincipal("anna");

    /** As Karaf calls it. */
    private record UserPrincipal(String getName) implements Principal {}

    /** As Karaf calls it. */
    private record RolePrincipal(String getName) implements Principal {}

    @Test
    void theUser_isFoundAmongRolesAndGroups() {
        RolePrincipal admin = new RolePrincipal("admin");
        assertThat(Caller.name(List.of(admin, ANNA))).isEqualTo("anna");
        assertThat(Caller.name(List.of(admin, new UserPrincipal("bert"), new RolePrincipal("viewer"))))
                .isEqualTo("bert");
        assertThat(Caller.name(List.of(() -> "cn=carl"))).isEqualTo("cn=carl");
    }

    @Test
    void whereNoUserIsKnown_noNameIsMadeUp() {
        assertThat(Caller.name(List.of())).isNull();
        assertThat(Caller.name(List.of(new RolePrincipal("admin"), new RolePrincipal("viewer")))).isNull();
        assertThat(Caller.name(List.of(new UserPrincipal(" ")))).isNull();
    }

    @Test
    void aChange_namesTheUserOfTheCallingThread_andOthersDoNot() throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        ObjectName policies = Beans.name("Policies", null);
        Beans beans = new Beans(EventLoops.policyDirectory(), EventLoops.policyAdmin(), EventLoops.loopDirectory());
        try (EventLoop loop = EventLoops.newEventLoop(LoopOptions.defaults().withName("edge"))) {
            String text = String.class.getName();
            PrivilegedExceptionAction<String> pin = () -> (String) server.invoke(policies, "use",
                    new Object[] {"default", "--loop " + loop.name()}, new String[] {text, text});
            PrivilegedExceptionAction<String> release = () -> (String) server.invoke(policies, "auto",
                    new Object[] {"--loop " + loop.name()}, new String[] {text});
            Subject anna = new Subject(true, Set.of(ANNA), Set.of(), Set.of());
            assertThat(Subject.doAs(anna, pin)).startsWith(
                    "loop:edge: process -> default (operator 'anna' pinned it)");
            assertThat(release.run()).startsWith("loop:edge: default -> process (operator removed the pin)");
            assertThat(EventLoops.policyDirectory().history()).extracting(change -> change.who())
                    .endsWith("operator 'anna'", "operator");
        } finally {
            beans.stop();
        }
    }
}
