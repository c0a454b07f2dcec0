package aio.testkit.net;

import aio.loop.DatagramOptions;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;

/** What the suites about datagrams share: endpoints of the loop, and plain blocking sockets as peers. */
abstract class DatagramNetContract extends ExchangingContract {
    private static final int TIMEOUT_MILLIS = 12_000;

    final <P extends RecordingDatagramProtocol> P endpoint(P protocol, DatagramOptions options) {
        done(loop.createDatagramEndpoint(() -> protocol, options));
        closing(() -> running.run(() -> protocol.transport().abort()));
        return protocol;
    }

    static DatagramOptions local() {
        return DatagramOptions.at("127.0.0.1", 0);
    }

    static DatagramOptions to(SocketAddress address) {
        return local().withRemoteAddress((InetSocketAddress) address);
    }

    final InetSocketAddress addressOf(RecordingDatagramProtocol protocol) {
        return (InetSocketAddress) protocol.transport().getExtraInfo("sockname");
    }

    /** Opens a socket that does not wait for ever. */
    final DatagramSocket peer() throws IOException {
        return peer(0);
    }

    final DatagramSocket peer(int port) throws IOException {
        DatagramSocket socket = closing(new DatagramSocket(new InetSocketAddress("127.0.0.1", port)));
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }

    static void send(DatagramSocket socket, String text, SocketAddress target) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        socket.send(new DatagramPacket(bytes, bytes.length, target));
    }

    static DatagramPacket receive(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
        socket.receive(packet);
        return packet;
    }

    static String receiveText(DatagramSocket socket) throws IOException {
        DatagramPacket packet = receive(socket);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.ISO_8859_1);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
