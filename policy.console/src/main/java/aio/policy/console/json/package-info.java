/** Writes what the commands and the page show as JSON; whoever needs it packs it into a bundle. */
@NullMarked
package aio.policy.console.json;

import org.jspecify.annotations.NullMarked;
