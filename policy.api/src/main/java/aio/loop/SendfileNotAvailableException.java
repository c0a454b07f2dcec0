package aio.loop;

/** A file cannot be sent without copying, and the fallback is off; {@code asyncio.SendfileNotAvailableError}. */
public class SendfileNotAvailableException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    /** Makes one. */
    public SendfileNotAvailableException(String message) {
        super(message);
    }
}
