/** TLS: a transport for the user's protocol that is itself the protocol of a plain transport. */
@NullMarked
package aio.core.tls;

import org.jspecify.annotations.NullMarked;
