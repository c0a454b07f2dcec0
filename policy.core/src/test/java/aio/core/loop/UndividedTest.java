package aio.core.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.core.kernel.SleepingDriver;
import aio.core.process.ProcessLauncher;
import aio.core.process.SharedReaper;
import aio.loop.EventLoop;
import aio.loop.LoopExit;
import aio.loop.LoopOptions;
import aio.loop.ServerOptions;
import aio.spi.ListenerEvents;
import aio.spi.ListenerPort;
import aio.spi.StreamEvents;
import aio.spi.StreamPort;
import aio.transport.Connection;
import aio.transport.StreamProtocol;
import aio.transport.StreamTransport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** No operation of the core is left half-way, whatever the code of a user throws in the middle of it. */
@Timeout(60)
class UndividedTest {
    private static final int TAKEN_BEFORE_THE_FAILURE = 3;

    private final SharedReaper reaper = new SharedReaper();
    private final ProcessLauncher launcher = new ProcessLauncher(reaper);
    private final Loops loops = new Loops(Origin.NONE, launcher);
    private final FailingDriver driver = new FailingDriver();
    private final EventLoop loop = loops.newLoop(driver, LoopOptions.defaults());
    private final List<SocketChannel> channels = new ArrayList<>();
    private final Recorder protocol = new Recorder();
    private StreamTransport transport;

    /** Its ports take what they get, but for the failures that a test plants. */
    private static final class FailingDriver extends SleepingDriver {
        private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
        private boolean failsToWrite;
        private boolean failsToRelease;
        private boolean takesNothing;
        private StreamEvents events;
        private ListenerEvents listening;
        private boolean accepting;
        private boolean ended;

        FailingDriver() {
            super("failing");
        }

        @Override
        public StreamPort adopt(SocketChannel channel, StreamEvents adopted) {
            events = adopted;
            return new FailingPort();
        }

        @Override
        public ListenerPort adopt(ServerSocketChannel channel, ListenerEvents adopted) {
            listening = adopted;
            return new ListenerPort() {
                @Override
                public void resumeAccepting() {
                    accepting = true;
                }

                @Override
                public void pauseAccepting() {
                    accepting = false;
                }

                @Override
                public void release() {}
            };
        }

        String sent() {
            return sent.toString(StandardCharsets.US_ASCII);
        }

        private int take(ByteBuffer buffer, int most) {
            byte[] bytes = new byte[Math.min(most, buffer.remaining())];
            buffer.get(bytes);
            sent.writeBytes(bytes);
            return bytes.length;
        }

        private final class FailingPort implements StreamPort {
            @Override
            public void resumeReading() {}

            @Override
            public void pauseReading() {}

            @Override
            public long write(ByteBuffer[] buffers, int offset, int count) {
                long all = 0;
                for (int i = offset; i < offset + count; i++) {
                    all += write(buffers[i]);
                }
                return all;
            }

            @Override
            public int write(ByteBuffer buffer) {
                if (failsToWrite) {
                    failsToWrite = false;
                    take(buffer, TAKEN_BEFORE_THE_FAILURE);
                    throw new IllegalStateException("planted");
                }
                return take(buffer, takesNothing ? 0 : Integer.MAX_VALUE);
            }

            @Override
            public void shutdownOutput() {
                ended = true;
            }

            @Override
            public void release() {
                if (failsToRelease) {
                    throw new IllegalStateException("planted");
                }
            }
        }
    }

    private static final class Recorder implements StreamProtocol {
        private boolean paused;
        private boolean leavesWhenResumed;

        @Override
        public void pauseWriting() {
            paused = true;
        }

        @Override
        public void resumeWriting() {
            paused = false;
            if (leavesWhenResumed) {
                throw new LoopExit("planted");
            }
        }
    }

    @BeforeEach
    void connect() throws IOException {
        transport = connection();
        loop.setExceptionHandler((of, context) -> {
            throw new LoopExit("planted");
        });
    }

    @AfterEach
    void close() throws IOException {
        loop.close();
        launcher.close();
        reaper.close();
        for (SocketChannel channel : channels) {
            channel.close();
        }
    }

    private StreamTransport connection() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            SocketChannel ours = SocketChannel.open(server.getLocalAddress());
            channels.add(ours);
            channels.add(server.accept());
            Connection<Recorder> made = loop.runUntilComplete(loop.connectAcceptedSocket(() -> protocol, ours));
            return made.transport();
        }
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    private void runUntil(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            assertThat(Thread.currentThread().isInterrupted()).as("out of time").isFalse();
            loop.callSoon(loop::stop);
            loop.runForever();
        }
    }

    @Test
    void aDriverThatFailsToWrite_losesNothing_thoughTheHandlerLeavesTheLoop() {
        loop.callSoon(() -> {
            driver.failsToWrite = true;
            transport.write(ascii("first "));
            transport.write(ascii("second"));
        });
        assertThatThrownBy(loop::runForever).isInstanceOf(LoopExit.class);
        runUntil(() -> driver.sent().length() == "first second".length());
        assertThat(driver.sent()).isEqualTo("first second");
        assertThat(transport.getWriteBufferSize()).isZero();
    }

    @Test
    void aHandlerThatWrites_whenTheDriverFailsToWrite_comesAfterwards() {
        loop.setExceptionHandler((of, context) -> transport.write(ascii("X")));
        loop.callSoon(() -> {
            driver.failsToWrite = true;
            transport.write(ascii("first"));
        });
        runUntil(() -> driver.sent().length() == "firstX".length());
        assertThat(driver.sent()).isEqualTo("firstX");
    }

    @Test
    void aFailureInTheLastTurn_isToldWhenTheLoopIsClosed() {
        List<String> told = new ArrayList<>();
        loop.setExceptionHandler((of, context) -> told.add(context.message()));
        loop.callSoon(() -> {
            driver.failsToWrite = true;
            transport.write(ascii("first"));
            loop.stop();
        });
        loop.runForever();
        loop.close();
        assertThat(told).singleElement().asString().contains("is broken");
    }

    @Test
    void aLoopIsClosedWhole_thoughTheHandlerLeavesIt() throws IOException {
        connection();
        driver.failsToRelease = true;
        loop.close();
        assertThat(loop.isClosed()).isTrue();
        assertThat(channels).filteredOn(channel -> !channel.isOpen()).as("those of the loop").hasSize(2);
    }

    @Test
    void writelines_ofWhichABufferCannotBeHad_sendsThoseBefore() {
        driver.takesNothing = true;
        transport.setWriteBufferLimits(0, 0);
        Iterator<ByteBuffer> failing = new Iterator<>() {
            private boolean asked;

            @Override
            public boolean hasNext() {
                return true;
            }

            @Override
            public ByteBuffer next() {
                if (asked) {
                    throw new NoSuchElementException("planted");
                }
                asked = true;
                return ascii("first");
            }
        };
        assertThatThrownBy(() -> transport.writelines(() -> failing)).isInstanceOf(NoSuchElementException.class);
        assertThat(protocol.paused).isTrue();
        driver.takesNothing = false;
        loop.callSoon(() -> driver.events.writable());
        runUntil(() -> driver.sent().equals("first"));
        assertThat(protocol.paused).isFalse();
    }

    @Test
    void aProtocolThatLeavesTheLoopWhenItIsResumed_keepsTheEndFromNothing() {
        driver.takesNothing = true;
        transport.setWriteBufferLimits(0, 0);
        loop.callSoon(() -> {
            transport.write(ascii("last"));
            transport.writeEof();
            driver.takesNothing = false;
            protocol.leavesWhenResumed = true;
            driver.events.writable();
        });
        assertThatThrownBy(loop::runForever).isInstanceOf(LoopExit.class);
        assertThat(driver.sent()).isEqualTo("last");
        assertThat(driver.ended).as("the end was sent").isTrue();
    }

    @Test
    void anAcceptThatFails_pausesTheListener_thoughTheHandlerLeavesTheLoop() {
        loop.runUntilComplete(loop.createServer(Recorder::new, ServerOptions.at("127.0.0.1", 0)));
        assertThat(driver.accepting).isTrue();
        loop.callSoon(() -> driver.listening.failed(new IOException("planted: Too many open files")));
        assertThatThrownBy(loop::runForever).isInstanceOf(LoopExit.class);
        assertThat(driver.accepting).isFalse();
        runUntil(() -> driver.accepting);
    }
}
