/**
 * The wall to foreign code: callbacks, protocols, policies, their texts and failures. Whatever such code throws is its
 * own failure: it is reported where it belongs, and the core continues intact.
 */
@NullMarked
package aio.core.foreign;

import org.jspecify.annotations.NullMarked;
