/** Judges a policy that is tried on some loops: by numbers alone, it calls nobody. */
@NullMarked
package aio.core.guard;

import org.jspecify.annotations.NullMarked;
