/**
 * The entry points: {@link aio.EventLoops} has the functions of asyncio's module, {@link aio.Runner} its runner. Start
 * here.
 *
 * <p>What may be absent: snapshots, and what an operator chooses, return an {@code Optional}. Options, transports and
 * futures return null, marked {@code @Nullable}, where asyncio has {@code None}.
 *
 * <p>Users import this package as {@code [1.0,2)}.
 */
@Export
@Version("1.0.0")
@NullMarked
package aio;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
