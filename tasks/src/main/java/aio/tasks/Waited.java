package aio.tasks;

import aio.loop.LoopFuture;
import java.util.List;

/**
 * The result of {@link Tasks#waitUntil}: the two sets that {@code asyncio.wait} returns. Each list is in the order in
 * which the futures were given; together they hold each future once.
 *
 * @param done the futures that were done, failed and cancelled ones included
 * @param pending the others, which continue
 * @param <T> the type of the results
 */
public record Waited<T>(List<LoopFuture<T>> done, List<LoopFuture<T>> pending) {

    /** Copies both. */
    public Waited {
        done = List.copyOf(done);
        pending = List.copyOf(pending);
    }
}
