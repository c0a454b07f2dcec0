/** What the statistics of a loop cost: two copies of aio in one JVM, with and without them, in turn. */
@org.jspecify.annotations.NullMarked
package aio.bench.statistics;
