/** The policy registry without OSGi: which policies may become the process-wide one, which is, and why. */
@NullMarked
package aio.core.registry;

import org.jspecify.annotations.NullMarked;
