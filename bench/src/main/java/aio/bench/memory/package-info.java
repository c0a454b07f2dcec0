/** What an idle connection costs of the heap. */
@org.jspecify.annotations.NullMarked
package aio.bench.memory;
