/** What a request costs when the same connections are spread over more and more loops. */
@org.jspecify.annotations.NullMarked
package aio.bench.loops;
