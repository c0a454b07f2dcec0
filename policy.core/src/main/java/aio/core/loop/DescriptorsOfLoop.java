package aio.core.loop;

import aio.core.kernel.Kernel;
import aio.core.net.raw.RawNetwork;
import aio.loop.Descriptors;
import aio.loop.LoopFuture;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Objects;

/** The channels of users that a loop watches or operates on. */
interface DescriptorsOfLoop extends Descriptors {
    Kernel kernel();

    Watches watches();

    /** Returns the implementation. */
    RawNetwork rawSockets();

    @Override
    default void addReader(SelectableChannel channel, Runnable callback) {
        watch(channel, Objects.requireNonNull(callback, "callback"), true);
    }

    @Override
    default void addWriter(SelectableChannel channel, Runnable callback) {
        watch(channel, Objects.requireNonNull(callback, "callback"), false);
    }

    private void watch(SelectableChannel channel, Runnable callback, boolean reader) {
        kernel().channelUsed(reader ? "addReader" : "addWriter");
        watches().add(Objects.requireNonNull(channel, "channel"), kernel().calls().noted(callback), reader);
    }

    @Override
    default boolean removeReader(SelectableChannel channel) {
        kernel().channelUsed("removeReader");
        return watches().remove(Objects.requireNonNull(channel, "channel"), true);
    }

    @Override
    default boolean removeWriter(SelectableChannel channel) {
        kernel().channelUsed("removeWriter");
        return watches().remove(Objects.requireNonNull(channel, "channel"), false);
    }

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
