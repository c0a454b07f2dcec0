/** The load: plain sockets and TLS of the JDK, nothing of what is tested. */
@org.jspecify.annotations.NullMarked
package aio.soak.load;
