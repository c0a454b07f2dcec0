/** The log of the bundles beside the core. A bundle that needs it packs it in. */
@NullMarked
package aio.policy.console.log;

import org.jspecify.annotations.NullMarked;
