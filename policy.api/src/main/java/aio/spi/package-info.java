/**
 * The seam between a loop and the engine that does its I/O. For authors of drivers; protocols never see it.
 *
 * <p>A driver adopts channels that the loop owns, and gives every one of them back. So a loop can exchange its driver
 * while it runs. Implementers import this package as {@code [1.0,2)}.
 */
@Export
@Version("1.0.0")
@NullMarked
package aio.spi;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
