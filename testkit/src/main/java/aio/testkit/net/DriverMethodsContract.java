package aio.testkit.net;

import static org.assertj.core.api.Assertions.assertThat;

import aio.EventLoops;
import aio.testkit.Await;
import aio.testkit.LogCapture;
import aio.testkit.NotInAsyncio;
import aio.testkit.net.DriverFault.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every method of a driver, its factory and its ports fails in every way, at several of its calls, under a loop with
 * traffic of every kind: {@link DriverLife} says what holds then. The methods are found by reflection. The system
 * property {@code aio.faults.calls} names other calls than the first and the third, in rising order.
 */
@NotInAsyncio(NotInAsyncio.EXCHANGE)
public abstract class DriverMethodsContract extends ExchangingContract {
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    @TempDir
    Path folder;

    /** For subclasses. */
    protected DriverMethodsContract() {}

    /** Hundreds of faults are logged, which would hide the rest of the build's output. */
    @BeforeAll
    static void quiet() {
        level(Level.OFF);
    }

    @AfterAll
    static void loud() {
        level(Level.ALL);
    }

    private static void level(Level level) {
        for (Handler handler : Logger.getLogger("").getHandlers()) {
            handler.setLevel(level);
        }
    }

    static List<Target> targets() {
        return DriverFault.targets();
    }

    @ParameterizedTest
    @MethodSource("targets")
    @Timeout(600)
    void methodThatFails(Target target) throws Exception {
        Path file = Files.write(folder.resolve("file"),
                DriverLife.FileServer.PATTERN.bytes(0, DriverLife.FileServer.SIZE));
        List<Throwable> failures = new ArrayList<>();
        List<DriverFault> faults = new ArrayList<>(target.lasting());
        for (String call : System.getProperty("aio.faults.calls", "1,3").split(",")) {
            faults.addAll(target.faults(Integer.parseInt(call)));
        }
        for (DriverFault fault : faults) {
            try {
                if (!live(fault, file) && !fault.forEver()) {
                    break; // there are not that many calls
                }
            } catch (Exception | AssertionError e) {
                failures.add(new AssertionError(fault + ": " + e.getMessage(), e));
            }
        }
        if (!failures.isEmpty()) {
            AssertionError failure = new AssertionError(failures.size() + " faults are not borne: " + failures);
            failures.forEach(failure::addSuppressed);
            throw failure;
        }
    }

    /** Returns whether the fault has happened. */
    private boolean live(DriverFault fault, Path file) throws Exception {
        String name = "faulty-" + NUMBERS.incrementAndGet();
        TamperedDriver tampered = new TamperedDriver(driver(), name, fault);
        ToldLosses told = new ToldLosses();
        try (LogCapture log = LogCapture.start();
                DriverLife life = new DriverLife(driver(), name, file, told)) {
            life.live(tampered.factory(), driver());
            life.awaitAlive();
            awaitClosed(tampered, life, log);
            if (fault.isToBeTold() && tampered.planted() > 0) {
                assertThat(!told.isEmpty() || log.count(TamperedDriver.PLANTED) > 0).as("it is told").isTrue();
            }
        } finally {
            EventLoops.setEventLoopPolicy(null);
        }
        assertThat(tampered.wrong()).as("thrown at late events").isEmpty();
        Await.until("the threads of the loop end", () -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().contains(name)));
        return tampered.planted() > 0;
    }

    private static void awaitClosed(TamperedDriver tampered, DriverLife life, LogCapture log) throws Exception {
        try {
            Await.until("each driver that was opened is closed", () -> tampered.opened() <= tampered.closed());
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + ": opened " + tampered.opened() + ", closed "
                    + tampered.closed() + "; " + life.state() + "; warnings " + log.warnings(), e);
        }
    }

    /** Before any loop moves: the policy of a driver that fails then is refused, and no loop notices. */
    @ParameterizedTest
    @MethodSource("targets")
    @Timeout(600)
    void methodThatFails_inTheProbe(Target target) throws Exception {
        List<BlockingClient> clients = clients(serve(EchoProtocol::new), 2);
        for (DriverFault fault : target.faults(1)) {
            TamperedDriver tampered = new TamperedDriver(driver(), "probe", fault);
            EventLoops.setEventLoopPolicy(new PolicyOn(tampered.factory()));
            assertAlive(clients);
            if (tampered.planted() == 0) {
                break; // the probe does not call it
            }
            if (fault.isToBeTold()) {
                assertThat(EventLoops.policyDirectory().policies()).as(fault.toString()).anySatisfy(
                        info -> assertThat(info.why().toString()).contains("failed its probe"));
            }
            Await.until("the driver is closed after " + fault, () -> tampered.opened() <= tampered.closed());
        }
        reports.sofar();
    }
}
