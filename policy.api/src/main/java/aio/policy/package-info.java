/**
 * Event-loop policies: what is swapped, and the registry that decides which one is the process-wide policy.
 *
 * <p>A policy is a service. Write one by extending {@link aio.policy.AbstractEventLoopPolicy} and registering it as
 * {@link aio.policy.EventLoopPolicy}; the highest-ranked one becomes current, and when it goes away the next one does.
 * Implementers of {@code EventLoopPolicy} import this package as {@code [1.0,2)}.
 */
@Export
@Version("1.0.0")
@NullMarked
package aio.policy;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
