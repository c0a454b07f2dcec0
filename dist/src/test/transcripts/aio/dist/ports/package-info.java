/** Ports that the tests of more than one container listen on. */
@NullMarked
package aio.dist.ports;

import org.jspecify.annotations.NullMarked;
