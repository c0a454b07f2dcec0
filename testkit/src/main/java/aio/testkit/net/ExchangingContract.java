package aio.testkit.net;

import static org.assertj.core.api.Assertions.assertThat;

import aio.EventLoops;
import aio.loop.Server;
import aio.policy.AbstractEventLoopPolicy;
import aio.policy.EventLoopPolicy;
import aio.policy.LoopFactory;
import aio.spi.IoDriverFactory;
import aio.testkit.Await;
import aio.transport.StreamTransport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;

/** What the suites of the exchange share: installing a policy makes every following loop exchange its driver. */
abstract class ExchangingContract extends NetContract {

    @AfterEach
    final void dropInstallation() {
        EventLoops.setEventLoopPolicy(null);
    }

    /** Makes the loop exchange its driver for that of a fresh policy. */
    final void exchange() {
        exchange(policy());
    }

    final void exchange(EventLoopPolicy next) {
        long before = loop.info().exchanges();
        EventLoops.setEventLoopPolicy(next);
        Await.until("the loop has exchanged its driver", () -> loop.info().exchanges() > before);
    }

    /** Makes a driver that works until the test makes it fail under the loop. */
    final FaultyDriver faulty() {
        return new FaultyDriver(driver(), loop.name());
    }

    /** A policy that brings a given driver. */
    static final class PolicyOn extends AbstractEventLoopPolicy {
        PolicyOn(IoDriverFactory driver) {
            super(LoopFactory.ofClassPath(), driver);
        }
    }

    /** Clients of an echo server, to tell whether all connections are alive. */
    final List<BlockingClient> clients(Server echo, int count) throws IOException {
        List<BlockingClient> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            clients.add(connect(echo));
        }
        assertAlive(clients);
        return clients;
    }

    static void assertAlive(List<BlockingClient> clients) throws IOException {
        for (int i = 0; i < clients.size(); i++) {
            String text = "client " + i + " is alive";
            clients.get(i).send(text);
            assertThat(clients.get(i).receiveText(text.length())).isEqualTo(text);
        }
    }

    /** Makes a connection of the loop whose client does not read, with bytes of a pattern waiting to be sent. */
    final BlockingClient slowReader(Spawn<RecordingProtocol> protocols, BytePattern pattern, int bytes) {
        BlockingClient client = closing(BlockingClient.connect(addressOf(serve(protocols)), 4096));
        StreamTransport transport = protocols.nth(0).transport();
        running.run(() -> {
            shrinkBuffers(transport);
            transport.write(pattern.bytes(0, bytes));
            assertThat(transport.getWriteBufferSize()).isPositive();
        });
        return client;
    }
}
