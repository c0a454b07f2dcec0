/**
 * The child processes that are measured: started, pinned to a core, given orders by lines, asked for their CPU time.
 */
@org.jspecify.annotations.NullMarked
package aio.bench.process;
