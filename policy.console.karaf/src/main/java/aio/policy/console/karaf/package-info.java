/**
 * The commands of {@code aio.policy.console} as actions of Karaf's shell, which adds what commands of Gogo lack there:
 * completion of names and options, and help.
 */
@NullMarked
package aio.policy.console.karaf;

import org.jspecify.annotations.NullMarked;
