package aio.core.tls;

import aio.transport.StreamTransport;

/** Receives the end of a handshake, once. Loop thread. */
public interface TlsStarted {

    /** The protocol was told of the connection, and reads from now on. */
    void started(StreamTransport transport);

    /** The connection has ended before that. */
    void failed(Throwable cause);
}
