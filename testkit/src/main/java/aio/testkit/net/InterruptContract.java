package aio.testkit.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.EventLoops;
import aio.loop.DatagramOptions;
import aio.loop.EventLoop;
import aio.loop.LoopDirectory;
import aio.loop.LoopFuture;
import aio.loop.Server;
import aio.policy.EventLoopPolicy;
import aio.policy.Installation;
import aio.policy.PolicyAdmin;
import aio.policy.PolicyDirectory;
import aio.policy.PolicyRegistry;
import aio.testkit.Await;
import aio.testkit.NotInAsyncio;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * Interrupts at any time: no channel is closed, every connection continues, and a caller whose flag is set finds it set
 * afterwards, unless an {@link InterruptedException} has told.
 */
@NotInAsyncio("threads are not interrupted")
public abstract class InterruptContract extends ExchangingContract {
    private static final int INTERRUPTS = 300;
    private static final long BETWEEN_NANOS = 300_000;

    /** For subclasses. */
    protected InterruptContract() {}

    @Test
    void inTheMiddleOfPolls_closeNothing() throws Exception {
        Server echo = serve(EchoProtocol::new);
        RecordingDatagramProtocol datagrams = RecordingDatagramProtocol.echo();
        done(loop.createDatagramEndpoint(() -> datagrams, DatagramOptions.at("127.0.0.1", 0)));
        List<BlockingClient> clients = clients(echo, 3);
        Traffic traffic = Traffic.start(addressOf(echo), 3);
        try {
            for (int i = 0; i < INTERRUPTS; i++) {
                running.thread().interrupt();
                LockSupport.parkNanos(BETWEEN_NANOS);
            }
            assertAlive(clients);
            traffic.awaitProgress();
        } finally {
            traffic.stop();
        }
        assertThat(datagrams.events()).containsExactly("made");
        assertThat(loop.info().datagrams()).isEqualTo(1);
    }

    @Test
    void inTheMiddleOfExchanges_closeNothing() throws Exception {
        Server echo = serve(EchoProtocol::new);
        List<BlockingClient> clients = clients(echo, 20);
        for (int exchange = 0; exchange < 10; exchange++) {
            long before = loop.info().exchanges();
            EventLoopPolicy next = policy();
            Thread exchanging = new Thread(() -> EventLoops.setEventLoopPolicy(next), "exchanges");
            exchanging.start();
            while (exchanging.isAlive()) {
                running.thread().interrupt();
                exchanging.interrupt();
                LockSupport.parkNanos(BETWEEN_NANOS);
            }
            Await.until("the loop has followed", () -> loop.info().exchanges() > before);
            assertAlive(clients);
        }
        assertThat(loop.info().connections()).isEqualTo(20);
    }

    /** What a thread with its flag set may call; each call must do its work all the same. */
    private Map<String, LoopThread.Action> entryPoints() {
        PolicyRegistry registry = EventLoops.policyRegistry();
        PolicyAdmin admin = EventLoops.policyAdmin();
        PolicyDirectory directory = EventLoops.policyDirectory();
        LoopDirectory loops = EventLoops.loopDirectory();
        Map<String, LoopThread.Action> calls = new LinkedHashMap<>();
        calls.put("callSoonThreadsafe", () -> loop.callSoonThreadsafe(() -> {}));
        calls.put("execute", () -> loop.execute(() -> {}));
        calls.put("createServer", () -> {
            LoopFuture<Server> made = loop.createServer(EchoProtocol::new, "127.0.0.1", 0);
            made.thenAccept(Server::close);
        });
        calls.put("setEventLoopPolicy", () -> EventLoops.setEventLoopPolicy(policy()));
        calls.put("install", () -> {
            try (Installation installed = EventLoops.install(policy())) {
                assertThat(EventLoops.getEventLoopPolicy()).isNotNull();
            }
        });
        calls.put("info, policies and history", () -> {
            loop.info();
            directory.policies();
            directory.history();
            loops.loops();
        });
        calls.put("pin", () -> assertThatThrownBy(() -> admin.pin("nobody"))
                .isInstanceOf(IllegalArgumentException.class));
        calls.put("unpin", admin::unpin);
        calls.put("rank", () -> assertThatThrownBy(() -> admin.rank("nobody", 3))
                .isInstanceOf(IllegalArgumentException.class));
        calls.put("newEventLoop and close", () -> policy().newEventLoop().close());
        return calls;
    }

    @Test
    void flagThatIsSet_changesNothing_andStaysSet() throws Exception {
        List<BlockingClient> clients = clients(serve(EchoProtocol::new), 3);
        for (Map.Entry<String, LoopThread.Action> call : entryPoints().entrySet()) {
            boolean[] kept = new boolean[1];
            interrupted(() -> {
                call.getValue().run();
                kept[0] = Thread.currentThread().isInterrupted();
            });
            assertThat(kept[0]).as("the flag after " + call.getKey()).isTrue();
            assertAlive(clients);
        }
    }

    /** The run of a loop clears the flag, which is no reason to spin, to end, or to close what the loop serves. */
    @Test
    void loopThatIsRunWithTheFlagSet_works() throws Exception {
        EventLoop other = closing(policy().newEventLoop());
        interrupted(() -> {
            Server server = other.runUntilComplete(other.createServer(EchoProtocol::new, "127.0.0.1", 0));
            Thread client = new Thread(() -> {
                try (BlockingClient peer = BlockingClient.connect(addressOf(server))) {
                    assertAlive(List.of(peer));
                } catch (IOException e) {
                    throw new AssertionError(e);
                } finally {
                    other.callSoonThreadsafe(other::stop);
                }
            });
            client.start();
            other.runForever();
            Thread.currentThread().interrupt();
            other.runUntilComplete(other.sleep(Duration.ofMillis(1)));
            assertThat(server.isServing()).isTrue();
            Thread.currentThread().interrupt();
        });
    }

    @Test
    void aThreadThatWaitsForAFuture_isToldOfAnInterrupt_andTheFutureContinues() throws Exception {
        LoopFuture<Void> pending = loop.sleep(Duration.ofHours(1));
        interrupted(() -> assertThatThrownBy(pending::get).isInstanceOf(InterruptedException.class));
        assertThat(pending.isDone()).isFalse();
        pending.cancel();
    }

    /** Does something on a thread of its own, whose flag is set. */
    private static void interrupted(LoopThread.Action action) throws Exception {
        FutureTask<Boolean> task = new FutureTask<>(() -> {
            Thread.currentThread().interrupt();
            action.run();
            return true;
        });
        new Thread(task, "interrupted").start();
        task.get(Await.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }
}
