package aio.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.itest.probe.Idle;
import aio.policy.AbsentPolicy;
import aio.policy.PolicyInfo;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.BundleException;

/** A policy whose bundle asks for a newer Java, as io_uring does on an older one: it does no harm, and is explained. */
@Timeout(60)
@ExtendWith(LeavesNothing.class)
class OlderJavaIT {

    @Test
    void bundleForANewerJava_isNotResolved_andTheReasonIsTold() throws Exception {
        try (Installed future = GeneratedBundle.install("itest.future", Idle.class, Map.of(
                "Provide-Capability", "aio.policy;aio.policy=future",
                "Require-Capability", "osgi.ee;filter:=\"(&(osgi.ee=JavaSE)(version=99))\""))) {
            assertThatThrownBy(future::start)
                    .isInstanceOf(BundleException.class)
                    .hasMessageContaining("osgi.ee")
                    .hasMessageContaining("(version=99)");
            assertThat(Framework.directory().absent()).extracting(AbsentPolicy::advice).containsExactly("Bundle "
                    + future.name()
                    + " is installed, and cannot be started: it requires (&(osgi.ee=JavaSE)(version=99)), and this is"
                    + " Java " + Runtime.version().feature() + ": run the framework on a Java that it accepts");
            assertThat(Framework.directory().current()).map(PolicyInfo::name).hasValue("default");
        }
    }
}
