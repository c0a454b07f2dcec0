/**
 * Child processes. Pipes are the core's own, which live to the real end of file, read and written by threads beside the
 * loop; exits are learned from the JDK by one shared reaper.
 *
 * <p>Limit: where there are neither unnamed pipes that a child can be given nor named ones, those of the JDK are
 * used. It takes what is in them when the child ends and closes them, so what a grandchild that inherited one writes
 * later is lost.
 */
@NullMarked
package aio.core.process;

import org.jspecify.annotations.NullMarked;
