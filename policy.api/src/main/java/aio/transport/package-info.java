/**
 * Transports and protocols. A transport is the loop's side of a connection: obtained from the loop, never implemented
 * by users. A protocol is the side of the user: implemented, and called by the loop.
 */
@Export
@Version("1.0.0")
@NullMarked
package aio.transport;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
