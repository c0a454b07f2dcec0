/**
 * The readiness driver: a loop's I/O on {@link java.nio.channels.Selector}. Embedded into the policy bundles that use
 * it, so that exchanging the policy exchanges this code.
 */
package aio.driver.selector;
