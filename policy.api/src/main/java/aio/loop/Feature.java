package aio.loop;

/**
 * Something that not every loop can do, see {@link EventLoop#supports}. More may be added: keep a default branch.
 */
public enum Feature {
    /** {@link Networking#createDatagramEndpoint}. */
    DATAGRAMS,
    /** {@link Descriptors#addReader} and its like. */
    DESCRIPTOR_WATCHING,
    /** {@link Networking#sendfile} and its like; driver and transport decide whether bytes are copied. */
    FILE_SENDING,
    /** {@link Processes#connectReadPipe} and its like. */
    PIPES,
    /** {@link Descriptors#sockRecv} and its like. */
    RAW_SOCKETS,
    /** {@link Processes#addSignalHandler}. */
    SIGNALS,
    /** {@link Processes#subprocessExec} and its like. */
    SUBPROCESSES,
    /** TLS, see {@link TlsOptions}. */
    TLS,
    /** Unix domain sockets, see {@link Networking#createUnixServer}. */
    UNIX_SOCKETS
}
