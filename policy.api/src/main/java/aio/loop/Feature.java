package aio.loop;

/** What a loop may or may not be able to do, see {@link EventLoop#supports}. More may be added: keep a default branch. */
public enum Feature {
    /** {@link Datagrams}. */
    DATAGRAMS,
    /** {@link DescriptorWatching}. */
    DESCRIPTOR_WATCHING,
    /** {@link Pipes}. */
    PIPES,
    /** {@link RawSockets}. */
    RAW_SOCKETS,
    /** {@link Subprocesses}. */
    SUBPROCESSES,
    /** {@link Signals}. */
    SIGNALS,
    /** Unix domain sockets, see {@link Networking#createUnixServer}. */
    UNIX_SOCKETS
}
