package aio.testkit.limits;

import aio.spi.IoDriverFactory;
import aio.testkit.Asyncio;
import aio.testkit.Cases;
import aio.testkit.NotInAsyncio;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A loop on a driver in processes that have too few descriptors. To be run for each driver. */
@Timeout(120)
@ExtendWith(Cases.class)
public abstract class LimitsContract {
    private static final int DESCRIPTORS = 250;

    @TempDir
    Path folder;

    /** Returns the factory of the driver under test, which has a constructor without parameters. */
    protected abstract Class<? extends IoDriverFactory> driver();

    /** Returns another factory, to exchange it for. */
    protected abstract Class<? extends IoDriverFactory> otherDriver();

    final LimitedProcess start(int descriptors, Class<? extends Scenario> scenario, String... options)
            throws Exception {
        List<String> all = new ArrayList<>(List.of(options));
        all.add("-Djava.io.tmpdir=" + folder);
        return new LimitedProcess(descriptors, all, scenario, driver(), otherDriver());
    }

    private void run(Class<? extends Scenario> scenario, String... options) throws Exception {
        try (LimitedProcess process = start(DESCRIPTORS, scenario, options)) {
            process.awaitSuccess();
        }
    }

    @Test
    @Asyncio("eventloop#loop.create_server")
    void accepting_waitsForDescriptors_withoutSpinning() throws Exception {
        run(AcceptScenario.class);
    }

    @Test
    @NotInAsyncio(NotInAsyncio.EXCHANGE)
    void aSwap_waitsForDescriptors_andRefusesNoPolicy() throws Exception {
        run(SwapScenario.class);
    }

    @Test
    @Asyncio("eventloop#loop.subprocess_exec")
    void aChild_thatCannotBeStarted_leavesNothing() throws Exception {
        run(ChildScenario.class);
    }

    @Test
    @Asyncio("eventloop#loop.create_connection")
    void whatCannotBeOpened_saysWhy_andLeavesNothing() throws Exception {
        run(OpenScenario.class, "-Dsun.net.inetaddr.negative.ttl=0"); // the JVM remembers names that it has not found
    }

    @Test
    @Asyncio("eventloop#loop.call_exception_handler")
    void callbacksThatTakeAllMemory_areTold_andLoopsContinue() throws Exception {
        try (LimitedProcess process = start(0, MemoryScenario.class, "-Xmx32m", "-XX:+UseSerialGC")) {
            process.awaitSuccess();
        }
    }
}
