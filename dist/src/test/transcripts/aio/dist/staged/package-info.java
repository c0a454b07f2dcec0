/** What {@code release/stage} has laid out, which the tests of more than one container take up. */
@NullMarked
package aio.dist.staged;

import org.jspecify.annotations.NullMarked;
