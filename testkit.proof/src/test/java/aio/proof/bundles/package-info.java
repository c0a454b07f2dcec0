/** The life of bundles: of a good one, and of bundles that leave something behind. */
@NullMarked
package aio.proof.bundles;

import org.jspecify.annotations.NullMarked;
