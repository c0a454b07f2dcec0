/**
 * The event loop and what it hands out: handles, futures, tasks, servers.
 *
 * <p>{@link aio.loop.EventLoop} is composed of six interfaces, one for each thing that a loop does. A method that
 * schedules belongs to the thread of the loop, as in asyncio; a method that returns a {@link aio.loop.LoopFuture} may
 * be called from any thread.
 */
@Export
@Version("1.0.0")
@NullMarked
package aio.loop;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
