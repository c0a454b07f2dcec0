/**
 * Transports: the loop's side of a connection. Obtained from the loop, never implemented by users.
 */
@Export
@Version("1.0.0")
@NullMarked
package aio.transport;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
