/** The policy whose loops are always on the selector. */
@NullMarked
package aio.policy.winselector;

import org.jspecify.annotations.NullMarked;
