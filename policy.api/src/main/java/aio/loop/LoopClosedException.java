package aio.loop;

/** The loop was closed, so it takes no more work. */
public class LoopClosedException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    /** Makes one with a message that names the loop. */
    public LoopClosedException(String message) {
        super(message);
    }
}
