/**
 * Servers as users write them: components that take an event loop as a service. They know nothing of policies and
 * drivers, and continue when these are exchanged.
 */
@NullMarked
package aio.example.echo;

import org.jspecify.annotations.NullMarked;
