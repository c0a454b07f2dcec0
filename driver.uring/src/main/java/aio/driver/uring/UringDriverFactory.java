package aio.driver.uring;

import aio.spi.DriverContext;
import aio.spi.DriverFeature;
import aio.spi.IoDriver;
import aio.spi.IoDriverFactory;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.foreign.Arena;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Opens drivers on the io_uring of Linux. They watch descriptors and serve datagram sockets. Where the system does not
 * allow it, {@link #open} says what was tried, what the system replied and what to do.
 *
 * <p>Thread safety: any thread.
 */
public final class UringDriverFactory implements IoDriverFactory {
    private static final AtomicBoolean READY = new AtomicBoolean(); // the first factory of this class prepares the JDK

    private final Function<Arena, SystemCalls> system;
    private final UnaryOperator<Abilities> restriction;
    private final Tuning tuning;

    /**
     * Makes a factory; it holds nothing. The first one opens a driver without a loop: the JDK needs a good part of a
     * second to prepare the calls of the system, and a loop must not wait for that.
     */
    public UringDriverFactory() {
        this(SystemCalls::new, able -> able, Tuning.USUAL);
        if (READY.compareAndSet(false, true)) {
            Refusal.makeReady();
            try {
                open(() -> "nobody's").close();
            } catch (IOException | RuntimeException e) {
                DriverLog.log(Level.DEBUG, "io_uring cannot be used; opening a driver says why", e);
            }
        }
    }

    /**
     * Makes a factory for a test.
     *
     * @param system makes the calls
     * @param restriction reduces what the system can do
     */
    UringDriverFactory(Function<Arena, SystemCalls> system, UnaryOperator<Abilities> restriction, Tuning tuning) {
        this.system = system;
        this.restriction = restriction;
        this.tuning = tuning;
    }

    @Override
    public String name() {
        return "io_uring";
    }

    @Override
    public IoDriver open(DriverContext context) throws IOException {
        Objects.requireNonNull(context, "context");
        String os = System.getProperty("os.name");
        if (!"Linux".equals(os)) {
            throw new IOException("io_uring is a part of Linux, and this is \"" + os + "\": use another policy");
        }
        UringDriver driver = make(context.loopName());
        try {
            driver.start();
        } catch (IOException | RuntimeException | Error e) {
            driver.close();
            throw e;
        }
        return driver;
    }

    private UringDriver make(String loopName) throws IOException {
        Arena arena = Arena.ofShared();
        try {
            SystemCalls calls = system.apply(arena);
            return new UringDriver(loopName, arena, calls, restriction.apply(Abilities.ask(calls)), tuning);
        } catch (IllegalCallerException | ExceptionInInitializerError | NoClassDefFoundError e) {
            arena.close();
            throw new IOException("the JDK does not let this code call the system: start it with"
                    + " --enable-native-access=ALL-UNNAMED, or use another policy", e);
        } catch (IOException | RuntimeException | Error e) {
            arena.close();
            throw e;
        }
    }

    @Override
    public Set<DriverFeature> features() {
        return EnumSet.allOf(DriverFeature.class);
    }
}
