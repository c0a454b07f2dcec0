/**
 * The doors of asyncio's module: {@link aio.EventLoops} has its functions, {@link aio.Runner} its runner. Start here.
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
