/**
 * The process that loads a server and measures it: one thread on a bare selector, one request outstanding per
 * connection.
 */
@org.jspecify.annotations.NullMarked
package aio.bench.echo.load;
