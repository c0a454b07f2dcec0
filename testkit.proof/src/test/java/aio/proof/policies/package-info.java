/** A policy that is bad, and what its suite says of it. */
@NullMarked
package aio.proof.policies;

import org.jspecify.annotations.NullMarked;
