package ${package};

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import aio.loop.EventLoop;
import aio.loop.LoopFuture;
import aio.loop.Server;
import aio.testkit.VirtualClock;
import aio.testkit.junit.LoopTest;
import aio.testkit.junit.TestOnAllPolicies;
import aio.transport.StreamProtocol;
import aio.transport.StreamTransport;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;

/** The protocol over real sockets: what is left behind fails a test. */
@Timeout(30)
class EchoProtocolTest {

    /** On each policy that is on the class path. */
    @TestOnAllPolicies
    void bytesComeBack(EventLoop loop) {
        Server server = loop.runUntilComplete(loop.createServer(EchoProtocol::new, "127.0.0.1", 0));
        LoopFuture<String> received = loop.createFuture();
        StringBuilder text = new StringBuilder();
        StreamTransport client = loop.runUntilComplete(loop.createConnection(
                () -> StreamProtocol.of((peer, data) -> {
                    if (text.append(UTF_8.decode(data)).length() == "hello".length()) {
                        received.setResult(text.toString());
                    }
                }), "127.0.0.1", server.port())).transport();
        client.write("hello".getBytes(UTF_8));
        assertThat(loop.runUntilComplete(received)).isEqualTo("hello");
        client.close();
        server.close();
        loop.runUntilComplete(server.waitClosed());
    }

    /** Time is virtual if a test asks for the clock. */
    @LoopTest
    void anHourPassesAtOnce(EventLoop loop, VirtualClock clock) {
        loop.runUntilComplete(loop.sleep(Duration.ofHours(1)));
        assertThat(clock.elapsed()).isEqualTo(Duration.ofHours(1));
    }
}
