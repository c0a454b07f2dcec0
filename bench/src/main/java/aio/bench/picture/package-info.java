/** Draws swaps under traffic from a run of the real container: the picture of the README. */
@org.jspecify.annotations.NullMarked
package aio.bench.picture;
