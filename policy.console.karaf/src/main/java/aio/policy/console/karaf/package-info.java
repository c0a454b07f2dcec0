/**
 * The commands of {@code aio.policy.console} as commands of Karaf's own shell, which adds what commands of Gogo lack
 * there: completion of names and options, and results that are printed without a terminal.
 */
@NullMarked
package aio.policy.console.karaf;

import org.jspecify.annotations.NullMarked;
