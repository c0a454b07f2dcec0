/**
 * The parts of the container that need the classes of bundles: the session, commands that take bundles by name, the
 * ports of the examples.
 */
@NullMarked
package aio.dist.shell;

import org.jspecify.annotations.NullMarked;
