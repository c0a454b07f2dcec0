/**
 * What drivers on a {@link java.nio.channels.Selector} have in common: registering channels, waiting, interest, giving
 * channels back. What a driver does with a channel that is ready is its own matter. Embedded into the policy bundles
 * with the drivers that use it.
 */
package aio.driver.nio;
