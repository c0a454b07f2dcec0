/**
 * Contract suites of connections, servers, streams, and of the live exchange of a loop's driver. Extend one, return the
 * policy under test, and run it on a plain class path with the core.
 */
@NullMarked
package aio.testkit.net;

import org.jspecify.annotations.NullMarked;
