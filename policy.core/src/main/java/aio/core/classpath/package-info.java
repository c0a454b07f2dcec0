/** The core of a plain class path: found by the service loader, without any class of OSGi. */
@NullMarked
package aio.core.classpath;

import org.jspecify.annotations.NullMarked;
