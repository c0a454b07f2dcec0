/**
 * Protocols: the user's side of a connection. Implemented by users, called on the thread of the loop.
 */
@Export
@Version("1.0.0")
@NullMarked
package aio.protocol;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
