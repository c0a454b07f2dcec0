package aio.core.tls;

import aio.core.kernel.Kernel;
import aio.transport.StreamProtocol;
import aio.transport.StreamTransport;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the user sees of a TLS connection. Loop thread. */
final class TlsTransport implements StreamTransport {
    private static final WriteBufferLimits DEFAULTS = new WriteBufferLimits(128 * 1024, 512 * 1024); // asyncio's

    private final Kernel kernel;
    private final TlsConnection connection;
    private final StreamTransport lower;
    private WriteBufferLimits limits = DEFAULTS;

    TlsTransport(Kernel kernel, TlsConnection connection, StreamTransport lower) {
        this.kernel = kernel;
        this.connection = connection;
        this.lower = lower;
        setWriteBufferLimits(limits.low(), limits.high());
    }

    /** Tells whether it is a transport of the same loop. */
    boolean belongsTo(Kernel other) {
        return kernel == other;
    }

    TlsConnection connection() {
        return connection;
    }

    // ---- receiving

    @Override
    public boolean isReading() {
        return connection.isReading();
    }

    @Override
    public void pauseReading() {
        kernel.channelUsed("pauseReading");
        connection.pauseReading(true);
    }

    @Override
    public void resumeReading() {
        kernel.channelUsed("resumeReading");
        connection.pauseReading(false);
    }

    // ---- sending

    @Override
    public void write(ByteBuffer data) {
        kernel.channelUsed("write");
        connection.write(List.of(data));
        data.position(data.limit());
    }

    @Override
    public void writelines(Iterable<ByteBuffer> data) {
        kernel.channelUsed("writelines");
        List<ByteBuffer> all = new ArrayList<>();
        data.forEach(each -> all.add(Objects.requireNonNull(each, "data"))); // a null must not cut a record in two
        connection.write(all);
        all.forEach(each -> each.position(each.limit()));
    }

    @Override
    public void writeEof() {
        throw new UnsupportedOperationException("writeEof is not supported by " + this
                + ": TLS cannot end one direction alone; close the transport");
    }

    @Override
    public boolean canWriteEof() {
        return false;
    }

    @Override
    public long getWriteBufferSize() {
        return lower.getWriteBufferSize();
    }

    @Override
    public WriteBufferLimits getWriteBufferLimits() {
        return limits;
    }

    @Override
    public void setWriteBufferLimits(long low, long high) {
        long below = Math.max(0L, high - 1); // the mark suffices here; the buffer of a plain transport must be larger
        lower.setWriteBufferLimits(high < low ? low : Math.min(low, below), high < low ? high : below);
        limits = new WriteBufferLimits(low, high);
    }

    // ---- ending

    @Override
    public boolean isClosing() {
        return connection.isClosing();
    }

    @Override
    public void close() {
        kernel.channelUsed("close");
        connection.close();
    }

    @Override
    public void abort() {
        kernel.channelUsed("abort");
        connection.abort();
    }

    // ---- the rest

    @Override
    public StreamProtocol getProtocol() {
        return connection.delivery().protocol();
    }

    @Override
    public void setProtocol(StreamProtocol protocol) {
        connection.delivery().setProtocol(protocol);
    }

    @Override
    public @Nullable Object getExtraInfo(String name) {
        Object own = connection.info().get(name);
        return own != null ? own : lower.getExtraInfo(name);
    }

    @Override
    public String toString() {
        return "<TLS over " + lower + ">";
    }
}
