/**
 * The readiness driver: a loop's I/O on {@link java.nio.channels.Selector}. Embedded into the policy bundles that use
 * it, so that exchanging the policy exchanges this code.
 */
@NullMarked
package aio.driver.selector;

import org.jspecify.annotations.NullMarked;
