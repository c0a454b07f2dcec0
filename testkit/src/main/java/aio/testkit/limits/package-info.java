/**
 * What loops do when the process runs out of something: descriptors, memory, time. Each scenario runs in a process of
 * its own, whose limits are those of the scenario.
 */
@NullMarked
package aio.testkit.limits;

import org.jspecify.annotations.NullMarked;
