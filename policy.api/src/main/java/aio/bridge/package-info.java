/**
 * Bridges between loops and the promises of OSGi. Needs the packages {@code org.osgi.util.promise} and
 * {@code org.osgi.util.function}, which are optional for everything else.
 */
@Export
@Version("1.0.0")
@NullMarked
package aio.bridge;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
