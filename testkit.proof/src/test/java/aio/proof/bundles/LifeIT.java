package aio.proof.bundles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** That a bundle which leaves something behind fails, and that the failure says what. */
@Timeout(120)
class LifeIT {
    private static final String PATIENCE = "aio.testkit.patience.millis";
    private static final String TEST = "uninstalled_itLeavesNoThread_noDescriptor_noClassLoader";

    @AfterEach
    void endWhatIsLeft() throws IOException {
        System.clearProperty(PATIENCE);
        for (Map.Entry<Object, Object> entry : List.copyOf(System.getProperties().entrySet())) {
            if (entry.getKey().toString().startsWith(Leaving.KEY)) {
                System.getProperties().remove(entry.getKey());
                if (entry.getValue() instanceof CountDownLatch end) {
                    end.countDown();
                } else if (entry.getValue() instanceof Closeable open) {
                    open.close();
                }
            }
        }
    }

    private static List<String> failures(Class<? extends Leaving> activator) {
        LeavingSuite.activator = activator;
        Events events = EngineTestKit.engine("junit-jupiter").selectors(selectMethod(LeavingSuite.class, TEST))
                .execute().testEvents();
        assertThat(events.started().count()).isEqualTo(1);
        return events.failed().stream().flatMap(event -> event.getPayload(TestExecutionResult.class).stream())
                .flatMap(result -> result.getThrowable().stream()).map(Throwable::getMessage).toList();
    }

    @Test
    void nothingLeft_passes() {
        assertThat(failures(Leaving.class)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            AThread     | threads that run after the bundle is uninstalled | "left by a bundle" in
            ADescriptor | descriptors that are open after                  | pom.xml=2
            AnObject    | 2 of 2 class loaders of the bundle live          | Something refers to a class or an object
            """)
    void whatIsLeft_isTold(String what, String message, String detail) throws ClassNotFoundException {
        Class<? extends Leaving> activator =
                Class.forName(Leaving.class.getName() + "$" + what).asSubclass(Leaving.class);
        System.setProperty(PATIENCE, "1000"); // what is left is waited for
        assertThat(failures(activator)).singleElement().asString().contains(message, detail)
                .startsWith("BundleLifeSuite." + TEST + " is not kept (asyncio: not there, a policy is no bundle)");
    }
}
