/**
 * The wall to code that is not the core's: callbacks, protocols, policies, their texts and failures. Whatever such code
 * throws is its own failure: it is told where it belongs, and the core goes on whole.
 */
@NullMarked
package aio.core.foreign;

import org.jspecify.annotations.NullMarked;
