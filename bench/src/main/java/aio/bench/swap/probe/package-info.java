/**
 * The benchmark's part inside the framework: a bundle is made of these classes, which see aio as any other bundle does.
 */
@org.jspecify.annotations.NullMarked
package aio.bench.swap.probe;
