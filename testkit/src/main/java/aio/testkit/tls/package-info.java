/** Contract suites of TLS; the other side is the JDK's blocking sockets, or the programs of OpenSSL and curl. */
@NullMarked
package aio.testkit.tls;

import org.jspecify.annotations.NullMarked;
