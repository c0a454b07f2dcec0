package aio.loop;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Work in progress on a loop, as {@code asyncio.Task}: a callable that the loop calls in its next turn and that returns
 * a stage; the task is done when that stage is. Cancelling before the first step means that the callable never runs;
 * cancelling later cancels the stage, if it is a {@link java.util.concurrent.Future}, and the task ends as the stage
 * does. A task cannot be completed from outside: {@code setResult} and {@code setException} throw
 * {@link UnsupportedOperationException}.
 *
 * <p>Thread safety: any thread. Implemented by the loop.
 *
 * @param <T> the type of the result
 */
@ProviderType
public interface Task<T> extends LoopFuture<T> {

    /** Returns the name, {@code Task-N} unless given. */
    String getName();
}
