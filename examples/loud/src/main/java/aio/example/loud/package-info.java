/**
 * An event-loop policy of one's own: a class, this file and a bnd.bnd.
 */
@NullMarked
package aio.example.loud;

import org.jspecify.annotations.NullMarked;
