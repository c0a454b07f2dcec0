package aio.core.kernel;

/** A protocol of the core that stands between a transport and a protocol of the user, such as TLS. Loop thread. */
public interface Layer {

    /** Returns the object of the user that is called in the end: it says to which bundle the connection belongs. */
    Object user();

    /** Tells whether the user has closed the connection. */
    boolean isClosing();
}
