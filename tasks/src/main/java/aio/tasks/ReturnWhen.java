package aio.tasks;

/** The end of {@link Tasks#waitUntil}, as the {@code return_when} of {@code asyncio.wait}. */
public enum ReturnWhen {
    /** As soon as one stage is done or cancelled. */
    FIRST_COMPLETED,
    /** As soon as one stage has failed, or all are done or cancelled. A cancelled stage has not failed. */
    FIRST_EXCEPTION,
    /** As soon as all stages are done or cancelled. */
    ALL_COMPLETED
}
