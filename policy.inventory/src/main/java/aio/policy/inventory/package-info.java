/** Policies and loops for Felix Inventory: what the exported services show, printed when it is asked for. */
@NullMarked
package aio.policy.inventory;

import org.jspecify.annotations.NullMarked;
