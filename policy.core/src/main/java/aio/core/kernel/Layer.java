package aio.core.kernel;

/** A protocol of the core that stands between a transport and a protocol of the user, such as TLS. Loop thread. */
public interface Layer {

    /** Returns the object of the user that is called in the end: its bundle owns the connection. */
    Object user();

    /** Tells whether the user has closed the connection. */
    boolean isClosing();

    /** Nothing can be sent any more; the loss is reported after what is still received. */
    default void cannotSend(Throwable cause) {}
}
