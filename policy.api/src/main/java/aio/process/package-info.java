/**
 * Child processes: how to start one, its transport and its protocol, and signals. Their watchers are in
 * {@code aio.process.watcher}.
 */
@Export
@Version("1.0.0")
@NullMarked
package aio.process;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
