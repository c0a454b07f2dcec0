package aio.driver.uring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WatchedDescriptorsTest {
    private static final int LOOPS = 4;
    private static final int ROUNDS = 1000;

    /** As when a policy is exchanged: all loops open a driver at once, and each has a probe in its list. */
    @Test
    @Timeout(60)
    void manyAtOnce_findTheirOwn() throws Exception {
        Phaser together = new Phaser(LOOPS);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Thread> loops = new ArrayList<>();
        for (int i = 0; i < LOOPS; i++) {
            loops.add(new Thread(() -> find(together, failure)));
        }
        loops.forEach(Thread::start);
        for (Thread loop : loops) {
            loop.join();
        }
        assertThat(failure.get()).isNull();
    }

    private static void find(Phaser together, AtomicReference<Throwable> failure) {
        try {
            for (int round = 0; round < ROUNDS; round++) {
                together.arriveAndAwaitAdvance();
                findOne();
            }
        } catch (Exception | AssertionError e) {
            failure.set(e);
        } finally {
            together.arriveAndDeregister();
        }
    }

    private static void findOne() throws Exception {
        try (Selector selector = Selector.open(); DatagramChannel channel = DatagramChannel.open()) {
            WatchedDescriptors watched = WatchedDescriptors.of(selector);
            channel.configureBlocking(false);
            SelectionKey key = channel.register(selector, 0);
            int descriptor = watched.of(key);
            assertThat(watched.of(key)).isEqualTo(descriptor);
            assertThat(Files.readSymbolicLink(Path.of("/proc/self/fd", Integer.toString(descriptor))).toString())
                    .startsWith("socket:");
        }
    }
}
