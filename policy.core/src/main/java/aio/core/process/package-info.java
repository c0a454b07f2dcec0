/**
 * Child processes. Their pipes are the core's own, live to the real end of file, and are read and written by threads
 * beside the loop; one shared reaper learns of exits from the JDK.
 *
 * <p>Limit: where there are neither unnamed pipes that a child can be given nor named ones, those of the JDK are used.
 * When the child ends, the JDK takes what is in them and closes them, so what a grandchild that inherited one writes
 * later is lost.
 */
@NullMarked
package aio.core.process;

import org.jspecify.annotations.NullMarked;
