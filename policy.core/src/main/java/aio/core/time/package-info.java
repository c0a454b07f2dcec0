/** Durations of users. */
@NullMarked
package aio.core.time;

import org.jspecify.annotations.NullMarked;
