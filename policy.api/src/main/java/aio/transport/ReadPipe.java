package aio.transport;

/**
 * What {@code connectReadPipe} returns: asyncio's pair of transport and protocol.
 *
 * @param <P> the type of the protocol
 * @param transport the loop's side
 * @param protocol the user's side, as made by the factory
 */
public record ReadPipe<P extends ReadPipeProtocol>(ReadTransport transport, P protocol) {}
