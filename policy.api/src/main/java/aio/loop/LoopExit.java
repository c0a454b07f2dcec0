package aio.loop;

/**
 * Thrown by a callback to leave the loop: it is not reported to the exception handler but escapes from
 * {@link Running#runForever}, as {@code SystemExit} does in asyncio. The rest of the ready callbacks stays queued.
 */
public class LoopExit extends Error {
    private static final long serialVersionUID = 1;

    /** Makes one. */
    public LoopExit(String message) {
        super(message);
    }
}
