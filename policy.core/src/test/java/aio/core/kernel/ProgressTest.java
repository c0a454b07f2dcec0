package aio.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import aio.core.kernel.wanted.Wanted;
import aio.loop.BundleId;
import aio.loop.ExchangeSlice;
import aio.loop.LoopExchange;
import aio.loop.LoopListener;
import aio.spi.IoDriver;
import aio.spi.IoDriverFactory;
import aio.spi.Port;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a listener learns of the exchange of one loop. */
@Timeout(60)
class ProgressTest {
    private static final int CHANNELS = 250; // more than two slices

    private final BundleId bundle = new BundleId("of the drivers", 7);
    private final SleepingDriver first = new SleepingDriver("first");
    private final SleepingDriver second = new SleepingDriver("second");
    private final LoopListeners listeners = new LoopListeners(
            type -> type == SleepingDriver.class ? Optional.of(bundle) : Optional.empty());
    private final Wants wants = new Wants(listeners);
    private final Kernel kernel = Kernels.on(first, wants);
    private final List<SocketChannel> channels = new ArrayList<>();
    private final Recorder told = new Recorder();

    /** Records its calls. */
    private static final class Recorder implements LoopListener {
        final List<ExchangeSlice> slices = new ArrayList<>();
        final List<LoopExchange> exchanges = new ArrayList<>();

        @Override
        public void sliceCarried(ExchangeSlice slice) {
            slices.add(slice);
        }

        @Override
        public void driverExchanged(LoopExchange exchange) {
            exchanges.add(exchange);
        }
    }

    /** A connection that one driver refuses. */
    private final class Choosy extends Attachment {
        private final SocketChannel channel = SocketChannel.open();
        private final @Nullable IoDriver refuses;

        Choosy(@Nullable IoDriver refuses) throws IOException {
            this.refuses = refuses;
            channels.add(channel);
        }

        @Override
        public Object user() {
            return this;
        }

        @Override
        public void end(@Nullable Throwable cause) {}

        @Override
        public Kind kind() {
            return Kind.CONNECTION;
        }

        @Override
        public SocketChannel channel() {
            return channel;
        }

        @Override
        protected @Nullable Port port() {
            return null;
        }

        @Override
        protected void adopt(IoDriver driver) throws IOException {
            if (driver == refuses) {
                throw new IOException("planted refusal");
            }
        }

        @Override
        protected void lost(Throwable cause) {}
    }

    @AfterEach
    void close() throws IOException {
        kernel.close();
        for (SocketChannel channel : channels) {
            channel.close();
        }
    }

    private void attach(int count, @Nullable IoDriver refused) throws IOException {
        for (int i = 0; i < count; i++) {
            kernel.seat().attach(new Choosy(refused));
        }
    }

    private void want(@Nullable IoDriverFactory driver, IoDriverFactory... gone) {
        wants.publish(wants.current().next(List.of(Wanted.Rule.everyLoop(driver)), List.of(),
                driver == null ? List.of() : List.of(driver), List.of(gone)));
        kernel.migrateIfIdle();
    }

    @Test
    void anExchange_isToldWithEachSlice() throws IOException {
        attach(CHANNELS, null);
        listeners.add(told);
        Instant before = Instant.now().minusSeconds(1);
        want(second);

        assertThat(told.slices).hasSizeGreaterThanOrEqualTo(3).allSatisfy(slice -> {
            assertThat(slice.channels()).isBetween(1, 100);
            assertThat(slice.pause()).isPositive();
            assertThat(slice.exchange().from()).contains("first");
            assertThat(slice.exchange().to()).contains("second");
            assertThat(slice.exchange().isReturning()).isFalse();
        });
        assertThat(told.slices.stream().mapToInt(ExchangeSlice::channels).sum()).isEqualTo(CHANNELS);
        assertThat(told.slices).extracting(slice -> slice.exchange().slices())
                .startsWith(1, 2, 3).last().isEqualTo(told.slices.size());
        assertThat(told.slices).last().extracting(slice -> slice.exchange().kept()).isEqualTo(CHANNELS);
        assertThat(told.exchanges).singleElement().satisfies(exchange -> {
            assertThat(exchange.loop()).isEqualTo("alone");
            assertThat(exchange.fromBundle()).contains(bundle);
            assertThat(exchange.toBundle()).contains(bundle);
            assertThat(exchange.slices()).isEqualTo(told.slices.size());
            assertThat(exchange.kept()).isEqualTo(CHANNELS);
            assertThat(exchange.lost()).isZero();
            assertThat(exchange.since()).isBetween(before, Instant.now());
            Duration longest = told.slices.stream().map(ExchangeSlice::pause).max(Duration::compareTo).orElseThrow();
            assertThat(exchange.longestPause()).isGreaterThanOrEqualTo(longest);
            assertThat(exchange.lasted()).isGreaterThanOrEqualTo(longest);
        });
    }

    @Test
    void aDriverThatRefusesAChannel_isToldAsAWayBack() throws IOException {
        attach(3, null);
        attach(1, second);
        listeners.add(told);
        want(second);
        assertThat(told.exchanges).singleElement().satisfies(exchange -> {
            assertThat(exchange.isReturning()).isTrue();
            assertThat(exchange.from()).contains("first");
            assertThat(exchange.to()).contains("first");
            assertThat(exchange.kept()).isZero();
        });
        assertThat(told.slices).last().extracting(slice -> slice.exchange().isReturning()).isEqualTo(true);
    }

    @Test
    void aLoopThatIsParked_goesToNoDriver_andComesFromNone() {
        listeners.add(told);
        want(null, first);
        want(second);
        assertThat(told.slices).as("nothing to carry").isEmpty();
        assertThat(told.exchanges).extracting(LoopExchange::from)
                .containsExactly(Optional.of("first"), Optional.empty());
        assertThat(told.exchanges).extracting(LoopExchange::to)
                .containsExactly(Optional.empty(), Optional.of("second"));
        assertThat(told.exchanges).extracting(LoopExchange::toBundle)
                .containsExactly(Optional.empty(), Optional.of(bundle));
    }

    @Test
    void aListenerThatFails_disturbsNeitherTheLoopNorAnother() throws IOException {
        attach(CHANNELS, null);
        listeners.add(new LoopListener() {
            @Override
            public void sliceCarried(ExchangeSlice slice) {
                throw new NoClassDefFoundError("planted failure");
            }

            @Override
            public void driverExchanged(LoopExchange exchange) {
                throw new IllegalStateException("planted failure");
            }
        });
        listeners.add(told);
        want(second);
        assertThat(kernel.seat().factory()).isSameAs(second);
        assertThat(told.exchanges).extracting(LoopExchange::kept).containsExactly(CHANNELS);
    }

    @Test
    void aListener_isToldOnce_andNoMoreWhenItIsOut() {
        listeners.add(told);
        listeners.add(told);
        want(second);
        assertThat(told.exchanges).hasSize(1);
        listeners.remove(told);
        want(first);
        listeners.add(told);
        listeners.purge(Recorder.class::equals);
        want(second);
        assertThat(told.exchanges).hasSize(1);
    }
}
