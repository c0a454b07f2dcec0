/**
 * Tests of the zip that somebody unpacks and runs.
 */
@NullMarked
package aio.dist.container;

import org.jspecify.annotations.NullMarked;
