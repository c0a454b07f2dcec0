/** The policy whose loops are always on the completion driver. */
@NullMarked
package aio.policy.winproactor;

import org.jspecify.annotations.NullMarked;
