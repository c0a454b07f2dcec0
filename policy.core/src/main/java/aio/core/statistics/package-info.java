/** What a loop counts and times while it runs: written by its thread alone, read by any thread. */
@NullMarked
package aio.core.statistics;

import org.jspecify.annotations.NullMarked;
