/** Tests that leave something behind, and what they are told. */
@NullMarked
package aio.proof.leaks;

import org.jspecify.annotations.NullMarked;
