/**
 * Child processes: watchers, and the transport and protocol of a subprocess.
 */
@Export
@Version("1.0.0")
@NullMarked
package aio.process;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
