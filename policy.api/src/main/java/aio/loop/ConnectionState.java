package aio.loop;

import java.util.Locale;

/** Where a connection is in its life, see {@link ConnectionInfo#state}. */
public enum ConnectionState {
    /** It is connected, and TLS is being agreed. */
    HANDSHAKE,
    /** It is in use. */
    OPEN,
    /** Nothing can be sent any more; what the peer had sent before is still received. */
    BROKEN,
    /** Its user has closed it: what waits is sent first. */
    CLOSING,
    /** It is over, and its protocol is told of it next. */
    LOST;

    /** Returns the word that people and scripts read, such as {@code open}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
