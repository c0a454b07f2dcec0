package aio.process;

/**
 * What starting a child returns: asyncio's pair of transport and protocol.
 *
 * @param <P> the type of the protocol
 * @param transport the loop's side
 * @param protocol the user's side, as made by the factory
 */
public record ChildProcess<P extends SubprocessProtocol>(SubprocessTransport transport, P protocol) {}
