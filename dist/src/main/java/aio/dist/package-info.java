/**
 * Starts the framework with everything in it, and leaves the rest to the shell bundle inside.
 */
@NullMarked
package aio.dist;

import org.jspecify.annotations.NullMarked;
