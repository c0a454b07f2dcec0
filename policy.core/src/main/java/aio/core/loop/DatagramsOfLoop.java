package aio.core.loop;

import aio.core.net.DatagramNetwork;
import aio.loop.DatagramOptions;
import aio.loop.Datagrams;
import aio.loop.LoopFuture;
import aio.protocol.DatagramProtocol;
import aio.transport.Endpoint;
import java.util.function.Supplier;

/** The part of a loop that opens datagram endpoints. Any thread. */
interface DatagramsOfLoop extends Datagrams {

    /** Returns who does the work. */
    DatagramNetwork datagrams();

    @Override
    default <P extends DatagramProtocol> LoopFuture<Endpoint<P>> createDatagramEndpoint(
            Supplier<P> protocolFactory, DatagramOptions options) {
        return datagrams().open(protocolFactory, options);
    }
}
