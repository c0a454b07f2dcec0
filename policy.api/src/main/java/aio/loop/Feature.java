package aio.loop;

/**
 * What a loop may or may not be able to do, see {@link EventLoop#supports}. More may be added: keep a default branch.
 */
public enum Feature {
    /** {@link Datagrams}. */
    DATAGRAMS,
    /** {@link DescriptorWatching}. */
    DESCRIPTOR_WATCHING,
    /** {@link FileSending}; whether without copying is up to driver and transport. */
    FILE_SENDING,
    /** {@link Pipes}. */
    PIPES,
    /** {@link RawSockets}. */
    RAW_SOCKETS,
    /** {@link Signals}. */
    SIGNALS,
    /** {@link Subprocesses}. */
    SUBPROCESSES,
    /** {@link Tls}. */
    TLS,
    /** Unix domain sockets, see {@link Networking#createUnixServer}. */
    UNIX_SOCKETS
}
