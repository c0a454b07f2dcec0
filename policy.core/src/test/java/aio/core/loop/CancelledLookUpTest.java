package aio.core.loop;

import static org.assertj.core.api.Assertions.assertThat;

import aio.core.process.ProcessLauncher;
import aio.core.process.SharedReaper;
import aio.loop.EventLoop;
import aio.loop.LoopFuture;
import aio.loop.LoopOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A look-up that nobody waits for any more does not reach the resolver. */
@Timeout(60)
class CancelledLookUpTest {
    private static final int MORE_THAN_THREADS = 64;

    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    private final CountDownLatch mayAnswer = new CountDownLatch(1);
    private final ProcessLauncher launcher = new ProcessLauncher(new SharedReaper());
    private final EventLoop loop = new Loops(Origin.NONE, launcher)
            .newLoop(null, LoopOptions.defaults().withResolver(this::resolve));

    private List<InetAddress> resolve(String host) {
        asked.add(host);
        try {
            mayAnswer.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return List.of(InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() {
        mayAnswer.countDown();
        loop.close();
        launcher.close();
    }

    @Test
    void ofASocketOfTheUser() throws IOException {
        List<LoopFuture<?>> before = new ArrayList<>();
        for (int i = 0; i < MORE_THAN_THREADS; i++) {
            before.add(loop.getaddrinfo("before" + i + ".invalid", 1));
        }
        try (SocketChannel channel = SocketChannel.open()) {
            channel.configureBlocking(false);
            LoopFuture<Void> connecting =
                    loop.sockConnect(channel, InetSocketAddress.createUnresolved("cancelled.invalid", 1));
            connecting.cancel();
            loop.callSoon(loop::stop);
            loop.runForever();
            mayAnswer.countDown();
            before.forEach(loop::runUntilComplete);
            loop.runUntilComplete(loop.getaddrinfo("after.invalid", 1));
        }
        assertThat(asked).hasSize(MORE_THAN_THREADS + 1).doesNotContain("cancelled.invalid");
    }
}
