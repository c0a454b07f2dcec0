/**
 * What a command takes, and the reading of what was typed after it: for all bundles that have commands, which contain
 * this package.
 */
@NullMarked
package aio.policy.console.usage;

import org.jspecify.annotations.NullMarked;
