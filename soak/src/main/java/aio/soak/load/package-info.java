/** The load: plain sockets and TLS of the JDK, nothing of the code under test. */
@org.jspecify.annotations.NullMarked
package aio.soak.load;
