/** Reads the options of pins as they are typed. A bundle that needs it packs it in. */
@NullMarked
package aio.policy.console.words;

import org.jspecify.annotations.NullMarked;
