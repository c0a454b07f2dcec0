package aio.testkit.net;

import static org.assertj.core.api.Assertions.assertThat;

import aio.EventLoops;
import aio.loop.Server;
import aio.policy.AbstractEventLoopPolicy;
import aio.policy.LoopFactory;
import aio.spi.DriverContext;
import aio.spi.DriverFeature;
import aio.spi.IoDriver;
import aio.spi.IoDriverFactory;
import aio.testkit.Await;
import aio.testkit.NotInAsyncio;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Drivers that fail around an exchange: the loop ends on one working driver, with every connection alive. */
@NotInAsyncio(NotInAsyncio.EXCHANGE)
public abstract class ExchangeFaultContract extends ExchangingContract {

    /** For subclasses. */
    protected ExchangeFaultContract() {}

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDriverThatNoLoopCanOpen_changesNothing(boolean unchecked) throws Exception {
        Server echo = serve(RecordingProtocol::echo);
        List<BlockingClient> clients = clients(echo, 4);
        String before = loop.info().driver().orElse("parked");
        EventLoops.setEventLoopPolicy(new PolicyOn(new IoDriverFactory() {
            @Override
            public String name() {
                return "hopeless";
            }

            @Override
            public Set<DriverFeature> features() {
                return Set.of();
            }

            @Override
            public IoDriver open(DriverContext context) throws IOException {
                if (unchecked) {
                    throw new IllegalStateException("the test wants it: cannot open");
                }
                throw new IOException("the test wants it: cannot open");
            }
        }));
        running.turns(2);
        assertAlive(clients);
        assertThat(loop.info().driver().orElse("parked")).isEqualTo(before);
        clients(echo, 2);
        exchange(); // a good one is accepted afterwards
        assertAlive(clients);
        reports.sofar();
    }

    /** On a machine that is busy with other work, a good driver may be late. */
    @Test
    void aDriverThatIsLateForItsProbe_isTakenWhenItHasPassed() throws Exception {
        Server echo = serve(RecordingProtocol::echo);
        List<BlockingClient> clients = clients(echo, 4);
        CompletableFuture<Void> goOn = new CompletableFuture<>();
        IoDriverFactory good = driver();
        EventLoops.setEventLoopPolicy(new PolicyOn(new IoDriverFactory() {
            @Override
            public String name() {
                return "late";
            }

            @Override
            public Set<DriverFeature> features() {
                return good.features();
            }

            @Override
            public IoDriver open(DriverContext context) throws IOException {
                if (context.loopName().equals("probe")) {
                    goOn.join();
                }
                return good.open(context);
            }
        }));
        assertThat(EventLoops.policyDirectory().policies()).anySatisfy(
                info -> assertThat(info.why().toString()).contains("refused", "did not carry a byte"));
        assertAlive(clients);
        assertThat(loop.info().exchanges()).isZero();
        goOn.complete(null);
        Await.until("the loop follows", () -> loop.info().driver().equals(Optional.of("late")));
        assertAlive(clients);
        reports.sofar();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDriverThatCannotBeOpened_changesNothing(boolean unchecked) throws Exception {
        Server echo = serve(RecordingProtocol::echo);
        List<BlockingClient> clients = clients(echo, 4);
        FaultyDriver faulty = faulty().refuseToOpen();
        if (unchecked) {
            faulty.throwUnchecked();
        }
        EventLoops.setEventLoopPolicy(new PolicyOn(faulty));
        Await.until("it was tried", () -> faulty.refused() > 0);
        assertAlive(clients);
        assertThat(loop.info().driver().orElse("parked")).isNotEqualTo("faulty").isNotEqualTo("parked");
        assertThat(loop.info().exchanges()).isZero();
        clients(echo, 2);
        exchange(); // a good one is accepted afterwards
        assertAlive(clients);
        reports.sofar();
    }

    @ParameterizedTest
    @CsvSource({"0,false", "1,false", "3,false", "6,false", "0,true", "3,true"})
    void aDriverThatFailsHalfWay_leavesEveryConnectionAlive(int adoptions, boolean unchecked) throws Exception {
        Server echo = serve(RecordingProtocol::echo);
        List<BlockingClient> clients = clients(echo, 6); // and the listener: seven channels
        BytePattern pattern = new BytePattern(11);
        FaultyDriver faulty = faulty().failAfterAdoptions(adoptions);
        if (unchecked) {
            faulty.throwUnchecked();
        }
        EventLoops.setEventLoopPolicy(new PolicyOn(faulty));
        Await.until("it has failed", () -> faulty.refused() > 0);
        assertAlive(clients);
        clients(echo, 2);
        for (BlockingClient client : clients) {
            client.send(pattern.bytes(0, 5000));
            client.receive(pattern, 0, 5000);
        }
        assertThat(loop.info().driver().orElse("parked")).isNotEqualTo("faulty").isNotEqualTo("parked");
        assertThat(loop.info().connections()).isEqualTo(8);
        Await.until("what was opened is closed", () -> faulty.closed() == faulty.opened());
        exchange();
        assertAlive(clients);
        reports.sofar();
    }

    @Test
    void aDriverThatFailsHalfWay_losesNoPendingWrites() throws Exception {
        BytePattern pattern = new BytePattern(12);
        Spawn<RecordingProtocol> protocols = Spawn.recording();
        int total = 3 * 1024 * 1024;
        BlockingClient client = slowReader(protocols, pattern, total);
        clients(serve(RecordingProtocol::echo), 3);
        FaultyDriver faulty = faulty().failAfterAdoptions(4);
        EventLoops.setEventLoopPolicy(new PolicyOn(faulty));
        Await.until("it has failed", () -> faulty.refused() > 0);
        client.receive(pattern, 0, total);
        reports.sofar();
    }

    @Test
    void aDriverWhosePollFails_isReplaced() throws Exception {
        Server echo = serve(RecordingProtocol::echo);
        List<BlockingClient> clients = clients(echo, 4);
        FaultyDriver faulty = faulty();
        exchange(new PolicyOn(faulty));
        assertThat(loop.info().driver().orElse("parked")).isEqualTo("faulty");
        assertAlive(clients);
        int opened = faulty.opened();
        faulty.breakPolls(1);
        Await.until("another one is opened", () -> {
            running.turns(1);
            return faulty.opened() > opened;
        });
        assertAlive(clients);
        clients(echo, 2);
        assertThat(loop.info().connections()).isEqualTo(6);
        reports.sofar();
    }

    @Test
    void aDriverThatIsBrokenForGood_doesNotStopTheLoop() throws Exception {
        List<BlockingClient> clients = clients(serve(RecordingProtocol::echo), 3);
        FaultyDriver faulty = faulty();
        exchange(new PolicyOn(faulty));
        faulty.refuseToOpen();
        faulty.breakPolls(Integer.MAX_VALUE);
        running.turns(5); // callbacks run
        running.linger(Duration.ofMillis(50)); // timers too
        EventLoops.setEventLoopPolicy(policy());
        Await.until("a working driver is taken", () -> {
            String driver = loop.info().driver().orElse("parked");
            return !driver.equals("faulty") && !driver.equals("parked");
        });
        assertAlive(clients);
        reports.sofar();
    }

    @Test
    void aDriverThatCannotBeClosed_doesNotHoldTheLoopUp() throws Exception {
        List<BlockingClient> clients = clients(serve(RecordingProtocol::echo), 3);
        FaultyDriver faulty = faulty().failToClose();
        exchange(new PolicyOn(faulty));
        exchange();
        assertThat(faulty.closed()).isEqualTo(1);
        assertAlive(clients);
        reports.sofar();
    }

    @Test
    void aDriverThatIsLeft_isClosed_andHoldsNothing() throws Exception {
        clients(serve(RecordingProtocol::echo), 3);
        FaultyDriver first = faulty();
        exchange(new PolicyOn(first));
        assertThat(first.opened()).isEqualTo(1);
        assertThat(first.closed()).isZero();
        exchange();
        Await.until("it is closed", () -> first.closed() == 1);
    }

    @Test
    void exchangesLeaveNoDescriptor() throws Exception {
        clients(serve(RecordingProtocol::echo), 3);
        exchange();
        long before = Descriptors.count();
        for (int i = 0; i < 20; i++) {
            exchange();
        }
        Await.until("the descriptors are closed", () -> Descriptors.count() <= before + 5);
    }

    /** Brings no driver: for new loops only. */
    private static final class NewLoopsOnly extends AbstractEventLoopPolicy {
        NewLoopsOnly(IoDriverFactory driver) {
            super(LoopFactory.ofClassPath(), driver);
        }

        @Override
        public Optional<IoDriverFactory> driver() {
            return Optional.empty();
        }
    }

    @Test
    void aPolicyWithoutDriver_isForNewLoopsOnly() throws Exception {
        List<BlockingClient> clients = clients(serve(RecordingProtocol::echo), 2);
        String driver = loop.info().driver().orElse("parked");
        NewLoopsOnly policy = new NewLoopsOnly(faulty());
        EventLoops.setEventLoopPolicy(policy);
        assertThat(EventLoops.getEventLoopPolicy()).isSameAs(policy);
        running.turns(2);
        assertThat(loop.info().exchanges()).isZero();
        assertThat(loop.info().driver().orElse("parked")).isEqualTo(driver);
        assertAlive(clients);
        LoopThread made = start(EventLoops.newEventLoop());
        assertThat(made.loop().info().driver().orElse("parked")).isEqualTo("faulty");
        Server echo = closing(done(made.loop().createServer(RecordingProtocol::echo, "127.0.0.1", 0)));
        clients(echo, 2);
    }
}
