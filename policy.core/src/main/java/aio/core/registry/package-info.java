/** The policy registry without OSGi: who may become the process-wide policy, who is, and why. */
@NullMarked
package aio.core.registry;

import org.jspecify.annotations.NullMarked;
