package aio.policy.defaults;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefaultEventLoopPolicyTest {

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
    private final DefaultEventLoopPolicy policy = new DefaultEventLoopPolicy(core);

    @ParameterizedTest
    @CsvSource({
        "Linux, selector", "Mac OS X, selector", "FreeBSD, selector", "Windows 11, proactor",
        "Windows Server 2022, proactor"
    })
    void driver_isTheOneOfTheSystem(String osName, String expected) throws IOException {
        IoDriverFactory factory = DefaultEventLoopPolicy.driverFor(osName);
        assertThat(factory.name()).isEqualTo(expected);
        factory.open(() -> "loop").close();
    }

    @Test
    void driver_isThatOfThisSystemAndOpens() throws IOException {
        IoDriverFactory factory = policy.driver().orElseThrow();
        assertThat(factory).hasSameClassAs(DefaultEventLoopPolicy.driverFor(System.getProperty("os.name")));
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
    void getChildWatcher_isTheCores() {
        assertThatThrownBy(policy::getChildWatcher).isInstanceOf(AskedFor.class).hasMessage("watcher");
    }

    @Test
    void properties_nameItAndRankItLowest() {
        PolicyProperties properties = DefaultEventLoopPolicy.class.getAnnotation(PolicyProperties.class);
        assertThat(properties.aio_policy_name()).isEqualTo("default");
        assertThat(properties.service_ranking()).isEqualTo(Integer.MIN_VALUE);
    }

    @Test
    void classPath_findsIt() {
        assertThat(ServiceLoader.load(EventLoopPolicy.class).stream())
                .anyMatch(provider -> provider.type() == DefaultEventLoopPolicy.class);
    }
}
