/** Drivers that are bad in one way each, and the case of the contract that finds it. */
@NullMarked
package aio.proof.drivers;

import org.jspecify.annotations.NullMarked;
