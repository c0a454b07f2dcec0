package aio.core.loop;

import aio.core.kernel.SleepingDriver;
import aio.spi.DatagramEvents;
import aio.spi.DatagramPort;
import aio.spi.DriverFeature;
import aio.spi.ListenerEvents;
import aio.spi.ListenerPort;
import aio.spi.StreamEvents;
import aio.spi.StreamPort;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A driver that does no I/O and refuses servers: the test says what its ports hand back, take and refuse. */
final class HandingDriver extends SleepingDriver {
    static final SocketAddress PEER = new InetSocketAddress(InetAddress.getLoopbackAddress(), 9);

    final List<Stream> streams = new ArrayList<>();
    final List<Datagrams> datagrams = new ArrayList<>();
    final List<ServerSocketChannel> refused = new ArrayList<>();

    HandingDriver(String name) {
        super(name);
    }

    static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public Set<DriverFeature> features() {
        return Set.of(DriverFeature.DATAGRAMS);
    }

    @Override
    public StreamPort adopt(SocketChannel channel, StreamEvents events) {
        Stream stream = new Stream(events);
        streams.add(stream);
        return stream;
    }

    @Override
    public DatagramPort adopt(DatagramChannel channel, DatagramEvents events) {
        Datagrams port = new Datagrams(events);
        datagrams.add(port);
        return port;
    }

    @Override
    public ListenerPort adopt(ServerSocketChannel channel, ListenerEvents events) throws IOException {
        refused.add(channel);
        throw new IOException("planted");
    }

    /** A stream that takes all bytes, or none. */
    static final class Stream implements StreamPort {
        final StreamEvents events;
        final ByteArrayOutputStream sent = new ByteArrayOutputStream();
        boolean reading;
        boolean takesNothing;
        @Nullable ByteBuffer ahead;
        @Nullable ByteBuffer inFlight;
        @Nullable IOException failure;

        Stream(StreamEvents events) {
            this.events = events;
        }

        @Override
        public void resumeReading() {
            reading = true;
        }

        @Override
        public void pauseReading() {
            reading = false;
        }

        @Override
        public long write(ByteBuffer[] buffers, int offset, int count) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int write(ByteBuffer buffer) throws IOException {
            if (failure != null) {
                throw failure;
            }
            byte[] bytes = new byte[takesNothing ? 0 : buffer.remaining()];
            buffer.get(bytes);
            sent.writeBytes(bytes);
            return bytes.length;
        }

        @Override
        public void shutdownOutput() {}

        @Override
        public void release() {
            ByteBuffer unread = ahead;
            ByteBuffer unwritten = inFlight;
            ahead = null;
            inFlight = null;
            if (unread != null) {
                events.unread(unread);
            }
            if (unwritten != null) {
                events.unwritten(unwritten);
            }
        }
    }

    /** A datagram socket that takes all datagrams, or none. */
    static final class Datagrams implements DatagramPort {
        final DatagramEvents events;
        final List<String> sent = new ArrayList<>();
        final Queue<ByteBuffer> ahead = new ArrayDeque<>();
        boolean receiving;
        boolean takesNothing;
        @Nullable IOException failure;
        @Nullable IOException failureAhead;

        Datagrams(DatagramEvents events) {
            this.events = events;
        }

        @Override
        public void resumeReceiving() {
            receiving = true;
        }

        @Override
        public void pauseReceiving() {
            receiving = false;
        }

        @Override
        public boolean send(ByteBuffer data, SocketAddress target) throws IOException {
            IOException failing = failure;
            failure = null;
            if (failing != null) {
                throw failing;
            }
            if (!takesNothing) {
                sent.add(StandardCharsets.US_ASCII.decode(data).toString());
            }
            return !takesNothing;
        }

        @Override
        public void release() {
            for (ByteBuffer next = ahead.poll(); next != null; next = ahead.poll()) {
                events.unread(next, PEER);
            }
            IOException failing = failureAhead;
            failureAhead = null;
            if (failing != null) {
                events.failed(failing);
            }
        }
    }
}
