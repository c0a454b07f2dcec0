/**
 * A program on a plain class path.
 */
package aio.example.small;
