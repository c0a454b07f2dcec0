package aio.loop;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Work in progress on a loop, as {@code asyncio.Task}. The loop calls a callable in its next turn, the first step; that
 * returns a stage, and the task ends as the stage does. A task that is cancelled before its first step never calls the
 * callable. Cancelling it later cancels the stage, if that is a {@link java.util.concurrent.Future}. A task cannot be
 * completed from outside: {@code setResult} and {@code setException} throw {@link UnsupportedOperationException}.
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
