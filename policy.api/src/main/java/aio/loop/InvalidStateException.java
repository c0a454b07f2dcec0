package aio.loop;

/** A future was asked for what it does not have (yet), or completed twice, as {@code asyncio.InvalidStateError}. */
public class InvalidStateException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    /** Makes one. */
    public InvalidStateException(String message) {
        super(message);
    }
}
