/** Draws the tables and charts of docs/performance.md and its pages from the files that the other commands write. */
@org.jspecify.annotations.NullMarked
package aio.bench.report;
