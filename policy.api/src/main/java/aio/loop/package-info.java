/**
 * The event loop and what it hands out: handles, futures, tasks, servers.
 *
 * <p>{@link aio.loop.EventLoop} is composed of six interfaces, one for each of its roles. Methods that schedule belong
 * to the thread of the loop, as in asyncio; methods that return a {@link aio.loop.LoopFuture} may be called from any
 * thread.
 */
@Export
@Version("1.0.0")
@NullMarked
package aio.loop;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
