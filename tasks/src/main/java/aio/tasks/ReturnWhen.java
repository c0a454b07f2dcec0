package aio.tasks;

/** When {@link Tasks#waitUntil} is over, as the {@code return_when} of {@code asyncio.wait}. */
public enum ReturnWhen {
    /** As soon as one is done or cancelled. */
    FIRST_COMPLETED,
    /** As soon as one has failed; as soon as all are done, if none fails. A cancelled one has not failed. */
    FIRST_EXCEPTION,
    /** As soon as all are done or cancelled. */
    ALL_COMPLETED
}
