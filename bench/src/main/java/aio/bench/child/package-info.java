/** What it costs to start a child and to learn of its exit. */
@org.jspecify.annotations.NullMarked
package aio.bench.child;
