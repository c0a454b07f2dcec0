package aio.core.net.pipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import aio.spi.WatchEvents;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.Pipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A thread that watches a channel in place of a driver. */
@Timeout(30)
class WatchThreadTest {
    private static final Path OPEN_FILES = Path.of("/proc/self/fd");
    private static final int ROUNDS = 50;

    private static final class Nothing implements WatchEvents {
        @Override
        public void readable() {}

        @Override
        public void writable() {}
    }

    @Test
    void aChannelThatItsUserHasClosed_isRefused_andLeavesNoDescriptor() throws IOException {
        assumeTrue(Files.isDirectory(OPEN_FILES), "open files are counted in /proc");
        Pipe pipe = Pipe.open();
        pipe.source().configureBlocking(false);
        pipe.sink().close();
        pipe.source().close();
        long before = open();
        for (int i = 0; i < ROUNDS; i++) {
            assertThatThrownBy(() -> WatchThread.start(null, pipe.source(), new Nothing()))
                    .isInstanceOf(ClosedChannelException.class);
        }
        assertThat(open()).isLessThan(before + ROUNDS);
    }

    private static long open() throws IOException {
        try (Stream<Path> all = Files.list(OPEN_FILES)) {
            return all.count();
        }
    }
}
