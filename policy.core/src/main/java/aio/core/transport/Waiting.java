package aio.core.transport;

/**
 * What a transport waits for before it can continue to send. Its port tells when that has come. A port that is replaced
 * may have been about to tell, so after each change of the port the transport looks itself, unless it waits for
 * nothing.
 */
public enum Waiting {
    /** Nothing: all is on its way. */
    NOTHING,
    /** Room: something is left that the port did not take. */
    ROOM,
    /** The last bytes: the port has taken all, and some have not reached the kernel. */
    LAST
}
