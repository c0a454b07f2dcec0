/**
 * Echo servers side by side: each a process of its own with one loop thread, all under the same load. {@code server}
 * holds the servers, one file each; {@code load} the process that loads and measures them; this package the commands.
 */
@org.jspecify.annotations.NullMarked
package aio.bench.echo;
