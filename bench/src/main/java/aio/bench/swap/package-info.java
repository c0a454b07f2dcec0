/** What it costs to change the policy: the registry, the stop of a bundle, the exchange of a driver under load. */
@org.jspecify.annotations.NullMarked
package aio.bench.swap;
