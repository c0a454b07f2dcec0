/**
 * Where the core, and other implementations of loops, meet the rest of the API. Users do not need it.
 */
@Export
@Version("1.0.0")
@NullMarked
package aio.link;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
