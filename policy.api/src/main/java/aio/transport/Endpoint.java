package aio.transport;

/**
 * What making a datagram endpoint returns: asyncio's pair of transport and protocol.
 *
 * @param <P> the type of the protocol
 * @param transport the loop's side
 * @param protocol the user's side, as made by the factory
 */
public record Endpoint<P extends DatagramProtocol>(DatagramTransport transport, P protocol) {}
