/** A command in Karaf's shell, for all bundles that have commands, which contain this package. */
@NullMarked
package aio.policy.console.karaf.command;

import org.jspecify.annotations.NullMarked;
