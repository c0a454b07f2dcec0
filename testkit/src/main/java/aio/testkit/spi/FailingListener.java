package aio.testkit.spi;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.Set;

/** A listening socket that cannot accept. */
public final class FailingListener extends ServerSocketChannel {
    private final IOException cause;

    /** Makes one that fails with this cause. */
    public FailingListener(IOException cause) {
        super(SelectorProvider.provider());
        this.cause = cause;
    }

    @Override
    public SocketChannel accept() throws IOException {
        throw cause;
    }

    @Override
    public ServerSocketChannel bind(SocketAddress local, int backlog) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> ServerSocketChannel setOption(SocketOption<T> name, T value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public <T> T getOption(SocketOption<T> name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Set<SocketOption<?>> supportedOptions() {
        return Set.of();
    }

    @Override
    public ServerSocket socket() {
        throw new UnsupportedOperationException();
    }

    @Override
    public SocketAddress getLocalAddress() {
        throw new UnsupportedOperationException();
    }

    @Override
    protected void implCloseSelectableChannel() {
        // holds nothing
    }

    @Override
    protected void implConfigureBlocking(boolean block) {
        // has no mode
    }
}
