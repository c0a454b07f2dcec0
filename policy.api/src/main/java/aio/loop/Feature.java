package aio.loop;

/**
 * What a loop may or may not be able to do, see {@link EventLoop#supports}. More may be added: keep a default branch.
 */
public enum Feature {
    /** {@link Networking#createDatagramEndpoint}. */
    DATAGRAMS,
    /** {@link Descriptors#addReader} and its like. */
    DESCRIPTOR_WATCHING,
    /** {@link Networking#sendfile} and its like; whether without copying is up to driver and transport. */
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
