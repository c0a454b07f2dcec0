/** Host names and addresses: look-ups off the loop, and the order in which addresses are tried. */
@NullMarked
package aio.core.net.name;

import org.jspecify.annotations.NullMarked;
