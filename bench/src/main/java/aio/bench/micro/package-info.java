/** The small figures: what a callback, a timer, a look-up costs, beside peers that do the same. */
@org.jspecify.annotations.NullMarked
package aio.bench.micro;
