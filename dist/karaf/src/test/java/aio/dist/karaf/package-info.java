/**
 * Tests in a real Karaf, started from its distribution.
 */
@NullMarked
package aio.dist.karaf;

import org.jspecify.annotations.NullMarked;
