package aio.core.tls;

import aio.transport.StreamTransport;

/** Whom the end of a handshake is told, once. Loop thread. */
public interface TlsStarted {

    /** The protocol was told, and reads from now on. */
    void started(StreamTransport transport);

    /** The connection has ended before. */
    void failed(Throwable cause);
}
