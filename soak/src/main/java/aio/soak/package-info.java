/**
 * A framework with real bundles in a process of its own, loaded from here, while policies come and go under the load.
 */
@org.jspecify.annotations.NullMarked
package aio.soak;
