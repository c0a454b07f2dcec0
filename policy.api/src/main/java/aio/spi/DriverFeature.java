package aio.spi;

/**
 * What a driver may serve besides streams, listeners and connects, which every driver serves; see
 * {@link IoDriverFactory#features}. More may be added: keep a default branch.
 */
public enum DriverFeature {
    /** Datagram sockets: {@link IoDriver#adopt(java.nio.channels.DatagramChannel, DatagramEvents)}. */
    DATAGRAMS,
    /** Descriptors that users watch: {@link IoDriver#watch}. */
    DESCRIPTOR_WATCHING,
    /** Channels on which the loop carries out raw socket operations: {@link IoDriver#serveRaw}. */
    RAW_SOCKETS
}
