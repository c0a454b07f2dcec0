/**
 * An engine that passes its probe and is bad, to be tried out: each of its polls returns late.
 */
@NullMarked
package aio.example.late;

import org.jspecify.annotations.NullMarked;
