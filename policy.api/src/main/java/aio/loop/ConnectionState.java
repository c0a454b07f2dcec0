package aio.loop;

import java.util.Locale;

/** The state of a connection, see {@link ConnectionInfo#state}. */
public enum ConnectionState {
    /** It is connected, and the TLS handshake is under way. */
    HANDSHAKE,
    /** It is in use. */
    OPEN,
    /** Nothing can be sent any more; bytes that the peer sent before are still received. */
    BROKEN,
    /** Its user has closed it; bytes that wait are sent first. */
    CLOSING,
    /** It has ended; {@code connectionLost} of its protocol is called next. */
    LOST;

    /** Returns the word that people and scripts read, such as {@code open}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
