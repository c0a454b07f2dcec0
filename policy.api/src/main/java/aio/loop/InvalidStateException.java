package aio.loop;

/** A future is not done yet, or is done already, as {@code asyncio.InvalidStateError}. */
public class InvalidStateException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    /** Makes one. */
    public InvalidStateException(String message) {
        super(message);
    }
}
