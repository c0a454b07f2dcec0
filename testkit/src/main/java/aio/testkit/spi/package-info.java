/**
 * Contract suites of the driver seam, {@code aio.spi}. Extend one, return the factory under test, and run it on a plain
 * class path; no core is needed.
 */
@NullMarked
package aio.testkit.spi;

import org.jspecify.annotations.NullMarked;
