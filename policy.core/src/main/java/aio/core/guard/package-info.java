/** Judges a policy that is tried on some loops: by numbers alone. It calls no other code. */
@NullMarked
package aio.core.guard;

import org.jspecify.annotations.NullMarked;
