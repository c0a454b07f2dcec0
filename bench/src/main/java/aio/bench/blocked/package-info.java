/** How soon what holds up a loop is seen and named. */
@org.jspecify.annotations.NullMarked
package aio.bench.blocked;
