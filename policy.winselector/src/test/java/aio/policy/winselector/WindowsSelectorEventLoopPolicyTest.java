package aio.policy.winselector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.loop.EventLoop;
import aio.loop.LoopOptions;
import aio.policy.ChildWatcher;
import aio.policy.ContextSlots;
import aio.policy.EventLoopPolicy;
import aio.policy.LoopFactory;
import aio.policy.PolicyProperties;
import aio.spi.IoDriver;
import aio.spi.IoDriverFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class WindowsSelectorEventLoopPolicyTest {

    /** A core that makes nothing and tells what it was asked to make. */
    private static final class AskedFor extends RuntimeException {
        AskedFor(String what) {
            super(what);
        }
    }

    private static final class Core implements LoopFactory {
        private final List<IoDriverFactory> drivers = new ArrayList<>();

        @Override
        public EventLoop newLoop(IoDriverFactory driver, LoopOptions options) {
            drivers.add(driver);
            throw new AskedFor("loop");
        }

        @Override
        public ContextSlots slots(EventLoopPolicy policy) {
            throw new AskedFor("slots");
        }

        @Override
        public ChildWatcher newChildWatcher() {
            throw new AskedFor("watcher");
        }
    }

    private final Core core = new Core();
    private final WindowsSelectorEventLoopPolicy policy = new WindowsSelectorEventLoopPolicy(core);

    @Test
    void driver_isTheSelectorAndOpens() throws IOException {
        IoDriverFactory factory = policy.driver().orElseThrow();
        assertThat(factory.name()).isEqualTo("selector");
        IoDriver driver = factory.open(() -> "loop");
        assertThat(driver.poll(0)).isZero();
        driver.close();
    }

    @Test
    void newEventLoop_isOnTheDriverThatFollowersGoTo() {
        assertThatThrownBy(policy::newEventLoop).isInstanceOf(AskedFor.class);
        assertThat(core.drivers).containsExactly(policy.driver().orElseThrow());
    }

    @Test
    void childWatcher_isRefused() {
        String message = "policy \"winselector\" has no child watcher, as the policies of Windows:"
                + " subprocesses of its loops do not need one";
        assertThatThrownBy(policy::getChildWatcher)
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> policy.setChildWatcher(null))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessage(message);
    }

    @Test
    void properties_nameItAndRankIt() {
        PolicyProperties properties = WindowsSelectorEventLoopPolicy.class.getAnnotation(PolicyProperties.class);
        assertThat(properties.aio_policy_name()).isEqualTo("winselector");
        assertThat(properties.service_ranking()).isEqualTo(100);
    }

    @Test
    void classPath_findsIt() {
        assertThat(ServiceLoader.load(EventLoopPolicy.class).stream())
                .anyMatch(provider -> provider.type() == WindowsSelectorEventLoopPolicy.class);
    }
}
