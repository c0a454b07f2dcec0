/**
 * Child watchers: asyncio's five, and the reaper that they learn exits from. Some of them start threads. Loops need
 * none of them; set one with {@link aio.policy.EventLoopPolicy#setChildWatcher}, or extend
 * {@link aio.policy.AbstractChildWatcher}.
 */
@Export
@Version("1.0.0")
@NullMarked
package aio.process.watcher;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
