/**
 * Measures aio beside its peers: every command writes one file of results, from which the tables of the docs are drawn.
 */
@org.jspecify.annotations.NullMarked
package aio.bench;
