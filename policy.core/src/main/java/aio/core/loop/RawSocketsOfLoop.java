package aio.core.loop;

import aio.core.net.RawNetwork;
import aio.loop.LoopFuture;
import aio.loop.RawSockets;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** The part of a loop that operates on sockets of users. Any thread. */
interface RawSocketsOfLoop extends RawSockets {

    /** Returns who does the work. */
    RawNetwork rawSockets();

    @Override
    default LoopFuture<byte[]> sockRecv(SocketChannel channel, int maxBytes) {
        return rawSockets().recv(channel, maxBytes);
    }

    @Override
    default LoopFuture<Integer> sockRecvInto(SocketChannel channel, ByteBuffer buffer) {
        return rawSockets().recvInto(channel, buffer);
    }

    @Override
    default LoopFuture<ReceivedDatagram> sockRecvfrom(DatagramChannel channel, int maxBytes) {
        return rawSockets().recvfrom(channel, maxBytes);
    }

    @Override
    default LoopFuture<ReceivedInto> sockRecvfromInto(DatagramChannel channel, ByteBuffer buffer, int maxBytes) {
        return rawSockets().recvfromInto(channel, buffer, maxBytes);
    }

    @Override
    default LoopFuture<Integer> sockSendto(DatagramChannel channel, ByteBuffer data, SocketAddress address) {
        return rawSockets().sendto(channel, data, address);
    }

    @Override
    default LoopFuture<Void> sockSendall(SocketChannel channel, ByteBuffer data) {
        return rawSockets().sendall(channel, data);
    }

    @Override
    default LoopFuture<Void> sockConnect(SocketChannel channel, SocketAddress address) {
        return rawSockets().connect(channel, address);
    }

    @Override
    default LoopFuture<Accepted> sockAccept(ServerSocketChannel channel) {
        return rawSockets().accept(channel);
    }
}
