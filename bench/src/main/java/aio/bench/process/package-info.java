/**
 * The child processes that are measured: started, pinned to a core, spoken to line by line, asked for their CPU time.
 */
@org.jspecify.annotations.NullMarked
package aio.bench.process;
