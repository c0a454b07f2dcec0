/**
 * The echo servers, one program each. All of them have one thread for their connections, turn Nagle's algorithm off,
 * print {@code port <number>} and end with their standard input.
 */
@org.jspecify.annotations.NullMarked
package aio.bench.echo.server;
