package aio.core.kernel;

import aio.spi.IoDriver;
import aio.spi.Port;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** A channel that every driver takes, and on which nothing ever happens. The test closes it. */
final class PlainAttachment extends Attachment {
    private final Kind kind;
    private final SocketChannel channel = SocketChannel.open();

    PlainAttachment(Kind kind) throws IOException {
        this.kind = kind;
    }

    @Override
    public Object user() {
        return this;
    }

    @Override
    public void end(@Nullable Throwable cause) {}

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public SocketChannel channel() {
        return channel;
    }

    @Override
    protected void adopt(IoDriver driver) {}

    @Override
    protected @Nullable Port port() {
        return null;
    }

    @Override
    protected void lost(Throwable cause) {}
}
