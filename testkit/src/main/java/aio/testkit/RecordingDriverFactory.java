package aio.testkit;

import aio.spi.DriverContext;
import aio.spi.DriverFeature;
import aio.spi.ForwardingDriver;
import aio.spi.IoDriver;
import aio.spi.IoDriverFactory;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongUnaryOperator;

/**
 * Passes everything to another factory's drivers and records how they are polled.
 *
 * <p>Thread safety: any thread.
 */
public final class RecordingDriverFactory implements IoDriverFactory {
    private final IoDriverFactory target;
    private final List<Long> polls = new CopyOnWriteArrayList<>();
    private volatile LongUnaryOperator beforePoll = LongUnaryOperator.identity();

    /** Records what goes to the drivers of {@code target}. */
    public RecordingDriverFactory(IoDriverFactory target) {
        this.target = Objects.requireNonNull(target, "target");
    }

    /**
     * Sets what is called before each poll, on the thread of the loop, with the timeout that the loop asks for in
     * nanoseconds; it returns the timeout that the driver gets.
     */
    public void beforePoll(LongUnaryOperator hook) {
        beforePoll = Objects.requireNonNull(hook, "hook");
    }

    /** Returns the timeouts that loops have asked for so far, in nanoseconds; a negative one is without limit. */
    public List<Long> polls() {
        return List.copyOf(polls);
    }

    @Override
    public String name() {
        return target.name();
    }

    @Override
    public IoDriver open(DriverContext context) throws IOException {
        return new RecordingDriver(target.open(context));
    }

    @Override
    public Set<DriverFeature> features() {
        return target.features();
    }

    private final class RecordingDriver extends ForwardingDriver {
        RecordingDriver(IoDriver driver) {
            super(driver);
        }

        @Override
        public int poll(long timeoutNanos) throws IOException {
            polls.add(timeoutNanos);
            return super.poll(beforePoll.applyAsLong(timeoutNanos));
        }
    }
}
