/** asyncio's functions over futures, for futures of loops: timeouts, gather, wait, as completed, shield. */
@NullMarked
@Export
@Version("0.1.0")
package aio.tasks;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
