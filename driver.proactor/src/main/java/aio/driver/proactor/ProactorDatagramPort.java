package aio.driver.proactor;

import aio.spi.DatagramEvents;
import aio.spi.DatagramPort;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;

/** A datagram socket: one operation receives, one waits for room to send. */
final class ProactorDatagramPort extends ProactorPort implements DatagramPort {
    private final DatagramChannel channel;
    private final ReceiveOperation receiving;
    private final RoomOperation room;

    ProactorDatagramPort(ProactorDriver driver, SelectionKey key, DatagramChannel channel, DatagramEvents events) {
        super(key);
        this.channel = channel;
        this.receiving = new ReceiveOperation(driver, channel, events, this);
        this.room = new RoomOperation(driver, events, this);
    }

    @Override
    void ready(int operations) {
        if ((operations & SelectionKey.OP_READ) != 0 && receiving.is(Operation.State.POSTED)) {
            receiving.carryOut();
        }
        if ((operations & SelectionKey.OP_WRITE) != 0 && room.is(Operation.State.POSTED)) {
            room.carryOut();
        }
    }

    @Override
    public void resumeReceiving() {
        receiving.resume();
    }

    @Override
    public void pauseReceiving() {
        receiving.pause();
    }

    /** {@inheritDoc} The JDK does not tell whether an empty datagram was taken: it counts as taken. */
    @Override
    public boolean send(ByteBuffer data, SocketAddress target) throws IOException {
        boolean empty = !data.hasRemaining();
        if (channel.send(data, target) > 0 || empty) {
            return true;
        }
        room.post();
        return false;
    }

    @Override
    protected void handBack() {
        room.handBack();
        receiving.handBack();
    }
}
