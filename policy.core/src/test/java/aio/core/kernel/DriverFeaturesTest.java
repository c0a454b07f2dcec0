package aio.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import aio.core.foreign.DriverCalls;
import aio.core.kernel.wanted.Wanted;
import aio.spi.DatagramEvents;
import aio.spi.DatagramPort;
import aio.spi.DriverContext;
import aio.spi.DriverFeature;
import aio.spi.IoDriver;
import aio.spi.Port;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.channels.DatagramChannel;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A loop asks once what a driver serves, and asks the driver for nothing else. */
@Timeout(60)
class DriverFeaturesTest {
    private final Wants wants = new Wants();
    private final StringBuilder told = new StringBuilder();
    private @Nullable Kernel kernel;
    private @Nullable Endpoint endpoint;

    @AfterEach
    void close() throws IOException {
        if (kernel != null) {
            kernel.close();
        }
        if (endpoint != null) {
            endpoint.channel.close();
        }
    }

    private Kernel kernelOn(Telling driver) throws IOException {
        Kernel made = Kernels.on(driver, wants);
        made.calls().errors().setHandler((loop, context) -> told.append(context));
        kernel = made;
        endpoint = new Endpoint();
        made.seat().attach(endpoint);
        return made;
    }

    private void go(Kernel made, Telling driver) {
        wants.publish(wants.current().next(
                List.of(Wanted.Rule.everyLoop(driver)), List.of(), List.of(driver), List.of()));
        made.migrateIfIdle();
    }

    @Test
    void whatIsNotInTheSet_isNeverAskedFor_andWaitsForTheNextDriver() throws IOException {
        Telling without = new Telling(Set::of);
        Telling with = new Telling(() -> Set.of(DriverFeature.DATAGRAMS));
        Kernel made = kernelOn(without);
        assertThat(without.adoptions).isZero();
        assertThat(endpoint.port).isNull();
        assertThat(endpoint.isAttached()).isTrue();
        go(made, with);
        assertThat(with.adoptions).isOne();
        assertThat(endpoint.port).isNotNull();
        go(made, without);
        assertThat(without.adoptions).isZero();
        assertThat(endpoint.port).isNull();
        assertThat(told).isEmpty();
    }

    @Test
    void aDriverThatRefusesWhatItClaims_hasFailed_andIsReplaced() throws IOException {
        Telling lying = new Telling(() -> Set.of(DriverFeature.DATAGRAMS));
        lying.refuses = true;
        Kernel made = kernelOn(lying);
        assertThat(told).contains("is broken", "\"telling\"", "refuses", "serves DATAGRAMS");
        lying.refuses = false;
        made.callSoon(made::stop);
        made.runForever();
        assertThat(lying.opened).isEqualTo(2);
        assertThat(endpoint.port).isNotNull();
    }

    @Test
    void theFactory_isAskedOnceForEachDriver() throws IOException {
        Telling driver = new Telling(() -> Set.of(DriverFeature.DATAGRAMS));
        Kernel made = kernelOn(driver);
        made.seat().detach(endpoint);
        made.seat().attach(endpoint);
        assertThat(made.seat().serves(DriverFeature.DATAGRAMS)).isTrue();
        assertThat(made.seat().serves(DriverFeature.RAW_SOCKETS)).isFalse();
        assertThat(driver.asked).isOne();
    }

    @Test
    void theAnswer_isCopied() throws IOException {
        Set<DriverFeature> live = new HashSet<>(List.of(DriverFeature.DATAGRAMS));
        Kernel made = kernelOn(new Telling(() -> live));
        live.clear();
        assertThat(made.seat().serves(DriverFeature.DATAGRAMS)).isTrue();
    }

    static Stream<Supplier<@Nullable Set<DriverFeature>>> uselessAnswers() {
        return Stream.of(
                () -> null,
                () -> new HashSet<>(Arrays.asList(DriverFeature.DATAGRAMS, null)),
                () -> {
                    throw new IllegalStateException("planted failure");
                },
                () -> {
                    throw new AbstractMethodError("planted: a factory of before");
                });
    }

    @ParameterizedTest
    @MethodSource("uselessAnswers")
    void aFactoryThatFailsToTell_countsAsOneOfStreamsOnly(Supplier<Set<DriverFeature>> answer) throws IOException {
        Telling driver = new Telling(answer);
        Kernel made = kernelOn(driver);
        assertThat(DriverFeature.values()).noneMatch(made.seat()::serves);
        assertThat(driver.adoptions).isZero();
        assertThat(made.seat().factory()).isSameAs(driver);
        assertThat(DriverCalls.featuresOf(driver)).isEmpty();
    }

    @Test
    void aLoopThatIsParked_takesEverything() throws IOException {
        Telling gone = new Telling(Set::of);
        Kernel made = kernelOn(gone);
        wants.publish(wants.current().next(List.of(), List.of(), List.of(), List.of(gone)));
        made.migrateIfIdle();
        assertThat(made.seat().factory()).isNull();
        assertThat(DriverFeature.values()).allMatch(made.seat()::serves);
    }

    /** A driver that serves datagram sockets if it is asked to, and counts. */
    private static final class Telling extends SleepingDriver {
        private final Supplier<@Nullable Set<DriverFeature>> answer;
        int asked;
        int opened;
        int adoptions;
        boolean refuses;

        Telling(Supplier<@Nullable Set<DriverFeature>> answer) {
            super("telling");
            this.answer = answer;
        }

        @Override
        public IoDriver open(DriverContext context) {
            opened++;
            return this;
        }

        @Override
        public Set<DriverFeature> features() {
            asked++;
            return answer.get();
        }

        @Override
        public DatagramPort adopt(DatagramChannel channel, DatagramEvents events) {
            adoptions++;
            if (refuses) {
                throw new UnsupportedOperationException("planted refusal");
            }
            return (DatagramPort) Proxy.newProxyInstance(DriverFeaturesTest.class.getClassLoader(),
                    new Class<?>[] {DatagramPort.class}, (proxy, method, arguments) ->
                            method.getName().equals("hashCode") ? (Object) System.identityHashCode(proxy)
                                    : method.getName().equals("equals") ? (Object) (proxy == arguments[0]) : null);
        }
    }

    /** A datagram socket on which nothing happens. */
    private static final class Endpoint extends Attachment {
        final DatagramChannel channel = DatagramChannel.open();
        @Nullable Port port;

        Endpoint() throws IOException {}

        @Override
        protected DriverFeature needs() {
            return DriverFeature.DATAGRAMS;
        }

        @Override
        protected void suspend() {
            port = null;
        }

        @Override
        protected void adopt(IoDriver driver) throws IOException {
            port = driver.adopt(channel, (DatagramEvents) Proxy.newProxyInstance(getClass().getClassLoader(),
                    new Class<?>[] {DatagramEvents.class}, (proxy, method, arguments) -> null));
        }

        @Override
        protected @Nullable Port port() {
            return port;
        }

        @Override
        public Kind kind() {
            return Kind.DATAGRAM;
        }

        @Override
        public DatagramChannel channel() {
            return channel;
        }

        @Override
        public Object user() {
            return this;
        }

        @Override
        public void end(@Nullable Throwable cause) {}
    }
}
