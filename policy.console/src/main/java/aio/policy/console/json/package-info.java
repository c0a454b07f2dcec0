/** Writes what the commands and the page show as JSON. A bundle that needs it packs it in. */
@NullMarked
package aio.policy.console.json;

import org.jspecify.annotations.NullMarked;
