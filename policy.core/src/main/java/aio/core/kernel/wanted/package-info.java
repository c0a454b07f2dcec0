/** What a loop is to run on, as values: {@code Wanted} says so, {@code Standing} compares it with where the loop is. */
@NullMarked
package aio.core.kernel.wanted;

import org.jspecify.annotations.NullMarked;
