/** The policy whose loops are on Linux' io_uring. */
@NullMarked
package aio.policy.uring;

import org.jspecify.annotations.NullMarked;
