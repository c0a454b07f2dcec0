package aio.bench.memory;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Connections that are only opened. They end with a reset, and leave nothing behind. One thread. */
final class IdleConnections implements AutoCloseable {
    /** Each opening has an address of its own, so that ports which others left in TIME_WAIT do not run out. */
    private static int addresses;

    private final List<SocketChannel> channels = new ArrayList<>();

    private IdleConnections() {}

    static IdleConnections open(int port, int count) throws IOException {
        IdleConnections opened = new IdleConnections();
        addresses++;
        InetSocketAddress from = new InetSocketAddress("127.2." + addresses / 250 % 250 + "."
                + (addresses % 250 + 1), 0);
        try {
            for (int i = 0; i < count; i++) {
                SocketChannel channel = SocketChannel.open();
                opened.channels.add(channel);
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
                channel.bind(from);
                channel.connect(new InetSocketAddress("127.0.0.1", port));
            }
        } catch (IOException e) {
            opened.close();
            throw e;
        }
        return opened;
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel channel : channels) {
            channel.close();
        }
    }
}
