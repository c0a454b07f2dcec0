package aio.testkit.net;

import static org.assertj.core.api.Assertions.assertThat;

import aio.EventLoops;
import aio.loop.LoopFuture;
import aio.loop.Server;
import aio.policy.EventLoopPolicy;
import aio.testkit.Await;
import aio.testkit.LogCapture;
import aio.testkit.NotInAsyncio;
import aio.transport.StreamTransport;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exchanges that take several turns, that cross each other or fail under traffic, and loops that end meanwhile. */
@NotInAsyncio(NotInAsyncio.EXCHANGE)
public abstract class ExchangeStressContract extends ExchangingContract {
    private static final int MANY = 300; // several slices

    /** How often within ten seconds a driver is replaced by a fresh one of its kind. */
    private static final int FAULTS_BORNE = 4;

    private static final int SLICE = 100; // what a loop carries over in one turn, at most

    /** For subclasses. */
    protected ExchangeStressContract() {}

    @Test
    void manyConnections_areCarriedOver() throws Exception {
        List<BlockingClient> clients = clients(serve(RecordingProtocol::echo), MANY);
        for (int i = 0; i < 5; i++) {
            exchange();
            assertAlive(clients);
        }
        assertThat(loop.info().connections()).isEqualTo(MANY);
    }

    @Test
    void connectionsThatComeAndGo_whileManyAreCarriedOver() throws Exception {
        Server echo = serve(RecordingProtocol::echo);
        List<BlockingClient> staying = clients(echo, MANY);
        for (int i = 0; i < 5; i++) {
            List<BlockingClient> going = clients(echo, 50);
            EventLoops.setEventLoopPolicy(policy());
            for (BlockingClient client : going) {
                client.send("bye");
                client.close();
            }
            assertAlive(clients(echo, 10));
        }
        assertAlive(staying);
        Await.until("those who left are gone", () -> loop.info().connections() == MANY + 50);
    }

    @Test
    void anotherTarget_whileManyAreCarriedOver_isReached() throws Exception {
        List<BlockingClient> clients = clients(serve(RecordingProtocol::echo), MANY);
        for (int i = 0; i < 10; i++) {
            FaultyDriver passing = faulty();
            FaultyDriver last = faulty();
            running.run(() -> {
                EventLoops.setEventLoopPolicy(new PolicyOn(passing));
                loop.callSoon(() -> loop.callSoon(() -> EventLoops.setEventLoopPolicy(new PolicyOn(last))));
            });
            Await.until("the last one is open", () -> last.opened() == 1);
            Await.until("the one in between is closed", () -> passing.closed() == passing.opened());
            assertThat(last.closed()).isZero();
            assertAlive(clients);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 60, 120, 250})
    void aFailureAfterSeveralSlices_leavesEveryConnectionAlive(int adoptions) throws Exception {
        List<BlockingClient> clients = clients(serve(RecordingProtocol::echo), MANY);
        FaultyDriver faulty = faulty().failAfterAdoptions(adoptions);
        EventLoops.setEventLoopPolicy(new PolicyOn(faulty));
        Await.until("it has failed and is closed", () -> faulty.refused() > 0 && faulty.closed() == 1);
        assertAlive(clients);
        assertThat(loop.info().connections()).isEqualTo(MANY);
        assertThat(loop.info().driver().orElse("parked")).isNotEqualTo("faulty");
        exchange();
        assertAlive(clients);
        reports.sofar();
    }

    @Test
    void connectionsThatCome_whileADriverFails_areKept() throws Exception {
        List<BlockingClient> clients = clients(serve(RecordingProtocol::echo), MANY);
        for (int i = 0; i < 5; i++) {
            FaultyDriver faulty = faulty().failAfterAdoptions(SLICE);
            List<Pair> pairs = new ArrayList<>();
            for (int turn = 0; turn < 6; turn++) {
                pairs.add(pair());
            }
            List<LoopFuture<?>> attached = new CopyOnWriteArrayList<>();
            running.run(() -> {
                EventLoops.setEventLoopPolicy(new PolicyOn(faulty));
                attachOneEachTurn(pairs.iterator(), attached);
            });
            Await.until("it has failed and is closed", () -> faulty.refused() > 0 && faulty.closed() == 1);
            Await.until("all are attached", () -> attached.size() == pairs.size());
            for (Pair pair : pairs) {
                pair.client().send("still here");
                assertThat(pair.client().receiveText(10)).isEqualTo("still here");
            }
            assertThat(loop.info().driver().orElse("parked")).isNotEqualTo("faulty");
            exchange();
        }
        assertAlive(clients);
        reports.sofar();
    }

    private void attachOneEachTurn(Iterator<Pair> pairs, List<LoopFuture<?>> attached) {
        if (pairs.hasNext()) {
            attached.add(loop.connectAcceptedSocket(RecordingProtocol::echo, pairs.next().ours()));
            loop.callSoon(() -> attachOneEachTurn(pairs, attached));
        }
    }

    @Test
    @Timeout(60)
    void failuresUnderTraffic_loseNothing() throws Exception {
        Server echo = serve(EchoProtocol::new);
        Traffic traffic = Traffic.start(addressOf(echo), 8);
        try {
            for (int i = 0; i < 30; i++) {
                traffic.awaitProgress();
                FaultyDriver faulty = faulty().failAfterAdoptions(i % 9);
                EventLoops.setEventLoopPolicy(new PolicyOn(faulty));
                Await.until("it has failed", () -> faulty.refused() > 0);
                traffic.awaitProgress();
                exchange();
            }
            traffic.awaitProgress();
        } finally {
            traffic.stop();
        }
        reports.sofar();
    }

    @Test
    @Timeout(60)
    void brokenPollsUnderTraffic_loseNothing() throws Exception {
        Server echo = serve(EchoProtocol::new);
        FaultyDriver faulty = faulty();
        exchange(new PolicyOn(faulty));
        Traffic traffic = Traffic.start(addressOf(echo), 8);
        try {
            for (int i = 0; i < 20; i++) {
                if (i > 0 && i % FAULTS_BORNE == 0) {
                    FaultyDriver before = faulty;
                    faulty = faulty();
                    exchange(new PolicyOn(faulty));
                    Await.until("the one before is closed", () -> before.closed() == before.opened());
                }
                traffic.awaitProgress();
                breakOnce(faulty, i % 2 == 0);
            }
            traffic.awaitProgress();
        } finally {
            traffic.stop();
        }
        assertThat(loop.info().driver().orElse("parked")).isEqualTo("faulty");
        FaultyDriver last = faulty;
        Await.until("all but one are closed", () -> last.closed() == last.opened() - 1);
        reports.sofar();
    }

    private static void breakOnce(FaultyDriver faulty, boolean inPoll) throws Exception {
        int opened = faulty.opened();
        if (inPoll) {
            faulty.breakPolls(1);
        } else {
            faulty.breakDispatch();
        }
        Await.until("another one is opened", () -> faulty.opened() > opened);
    }

    @Test
    @Timeout(60)
    void aDriverThatFailsTooOften_isLeftForTheNextWorkingPolicy_andNothingIsLost() throws Exception {
        Server echo = serve(EchoProtocol::new);
        FaultyDriver faulty = faulty();
        exchange(new PolicyOn(faulty));
        Traffic traffic = Traffic.start(addressOf(echo), 8);
        try {
            for (int i = 0; i < FAULTS_BORNE; i++) {
                traffic.awaitProgress();
                breakOnce(faulty, i % 2 == 0);
            }
            faulty.breakPolls(1);
            Await.until("the loop has left it", () ->
                    loop.info().driver().filter(driver -> !driver.equals("faulty")).isPresent());
            traffic.awaitProgress();
            Await.until("all are closed", () -> faulty.closed() == faulty.opened());
        } finally {
            traffic.stop();
        }
        reports.sofar();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDriverThatBreaksInTheMiddleOfAnExchange_leavesEveryConnectionAlive(boolean theNewOne) throws Exception {
        List<BlockingClient> clients = clients(serve(RecordingProtocol::echo), MANY);
        FaultyDriver first = faulty();
        exchange(new PolicyOn(first));
        FaultyDriver second = faulty();
        FaultyDriver breaking = theNewOne ? second : first;
        running.run(() -> {
            EventLoops.setEventLoopPolicy(new PolicyOn(second));
            loop.callSoon(() -> loop.callSoon(() -> breaking.breakPolls(1)));
        });
        Await.until("it broke", () -> {
            running.turns(1);
            return breaking.refused() > 0;
        });
        assertAlive(clients);
        assertThat(loop.info().connections()).isEqualTo(MANY);
        exchange();
        assertAlive(clients);
        Await.until("both are closed", () -> first.opened() == first.closed() && second.opened() == second.closed());
        reports.sofar();
    }

    @Test
    void aDriverThatFailsToRelease_isAskedAgain() throws Exception {
        FaultyDriver clinging = faulty().failToRelease(false);
        exchange(new PolicyOn(clinging));
        List<BlockingClient> clients = clients(serve(RecordingProtocol::echo), 5);
        exchange();
        assertThat(clinging.refused()).isEqualTo(5);
        assertAlive(clients);
        assertThat(loop.info().connections()).isEqualTo(5);
        reports.sofar();
    }

    /** What the driver has read and not delivered may be missing: a stream with a hole must not continue. */
    @Test
    void aDriverThatNeverReleases_losesItsConnections_andThatIsTold() throws Exception {
        exchange(new PolicyOn(faulty().failToRelease(true)));
        Spawn<RecordingProtocol> protocols = Spawn.recording();
        Server echo = serve(protocols);
        List<BlockingClient> clients = List.of(connect(echo), connect(echo));
        protocols.nth(1).await("made");
        exchange();
        for (int i = 0; i < clients.size(); i++) {
            assertThat(protocols.nth(i).awaitLost()).hasMessageContaining("did not give the connection back");
            assertThat(clients.get(i).isAtEnd()).isTrue();
        }
        connect(echo);
        protocols.nth(2).await("made");
        reports.sofar();
    }

    @Test
    void askedForInDataReceived_losesNothing() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Server echo = serve(() -> new RecordingProtocol() {
            @Override
            public void dataReceived(ByteBuffer data) {
                if (asked.incrementAndGet() % 5 == 0) {
                    EventLoops.setEventLoopPolicy(policy());
                }
                super.dataReceived(data);
                transport().write(data);
            }
        });
        List<BlockingClient> clients = clients(echo, 10);
        for (int i = 0; i < 20; i++) {
            assertAlive(clients);
        }
        // each is a driver that was never probed: when they follow each other quickly, the loop is only sure to reach
        // the last one
        Await.until("the loop has followed", () -> loop.info().exchanges() > 0);
    }

    @Test
    void stoppedAndRunAgain_inTheMiddleOfAnExchange() throws Exception {
        List<BlockingClient> clients = clients(serve(RecordingProtocol::echo), MANY);
        FaultyDriver next = faulty();
        running.run(() -> {
            EventLoops.setEventLoopPolicy(new PolicyOn(next));
            loop.stop();
        });
        running.awaitEnd();
        LoopThread again = start(loop);
        again.turns(1);
        assertAlive(clients);
        Await.until("it has exchanged", () -> loop.info().exchanges() == 1);
        assertThat(loop.info().driver().orElse("parked")).isEqualTo("faulty");
    }

    @Test
    void closedInTheMiddleOfAnExchange_closesEverything() throws Exception {
        List<BlockingClient> clients = clients(serve(RecordingProtocol::echo), MANY);
        FaultyDriver next = faulty();
        running.run(() -> {
            EventLoops.setEventLoopPolicy(new PolicyOn(next));
            loop.stop();
        });
        running.awaitEnd();
        loop.close();
        for (BlockingClient client : clients) {
            assertThat(client.isAtEnd()).isTrue();
        }
        assertThat(next.closed()).isEqualTo(next.opened());
    }

    @Test
    void transportsThatAreClosed_orWritten_inTheTurnsOfAnExchange() throws Exception {
        Spawn<RecordingProtocol> protocols = Spawn.recording();
        Server server = serve(protocols);
        List<BlockingClient> clients = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            clients.add(connect(server));
        }
        protocols.nth(MANY - 1).transport();
        running.run(() -> {
            EventLoops.setEventLoopPolicy(policy());
            for (int i = 0; i < MANY; i++) {
                StreamTransport transport = protocols.nth(i).transport();
                boolean closes = i % 3 == 0;
                Runnable action = () -> {
                    transport.write(new byte[] {42});
                    if (closes) {
                        transport.close();
                    }
                };
                boolean later = i % 2 == 0;
                loop.callSoon(() -> loop.callSoon(later ? () -> loop.callSoon(action) : action));
            }
        });
        for (int i = 0; i < MANY; i++) {
            assertThat(clients.get(i).receive(1)).containsExactly(42);
        }
        Await.until("a third is closed", () -> loop.info().connections() == MANY - MANY / 3);
    }

    @Test
    void anExchangeThatOutlastsTheWait_isToldWhenItIsOver() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        loop.callSoonThreadsafe(() -> {
            entered.countDown();
            try {
                leave.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        entered.await();
        String message = "loop \"" + loop.name() + "\" has followed to driver";
        try (LogCapture log = LogCapture.start()) {
            EventLoops.setEventLoopPolicy(policy()); // waits for a while and gives up
            assertThat(log.count("loop \"" + loop.name() + "\" is blocked")).isEqualTo(1);
            assertThat(log.count(message)).isZero();
            leave.countDown();
            Await.until("the log tells of it", () -> log.count(message) == 1);
        } finally {
            leave.countDown();
        }
    }

    @Test
    void twoPoliciesInTurn_fromSeveralThreads_endOnTheLastOne() throws Exception {
        List<BlockingClient> clients = clients(serve(RecordingProtocol::echo), 100);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            EventLoopPolicy[] policies = {policy(), policy()};
            Thread thread = new Thread(() -> {
                for (int i = 0; i < 25; i++) {
                    EventLoops.setEventLoopPolicy(policies[i % 2]);
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertAlive(clients);
        FaultyDriver last = faulty();
        EventLoops.setEventLoopPolicy(new PolicyOn(last));
        Await.until("it is on the last one", () -> loop.info().driver().orElse("parked").equals("faulty"));
        assertAlive(clients);
    }
}
