package aio.policy;

import aio.loop.BundleId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A snapshot of one candidate for the process-wide policy. Immutable. A value that may be absent is an
 * {@code Optional}.
 *
 * <p>Implemented by the core.
 */
@ProviderType
public interface PolicyInfo {

    /** Returns the short name; candidates with the same name differ in {@link #serviceId}. */
    String name();

    /**
     * Tells whether a name that an operator gives means this candidate: its name, or {@code name#serviceId} for one of
     * several of that name.
     */
    default boolean isCalled(String name) {
        return name.equals(name()) || serviceId().isPresent() && name.equals(name() + "#" + serviceId().getAsLong());
    }

    /** Returns the ranking that counts. */
    int ranking();

    /** Returns the id of the service; empty for a policy that was installed by code or found on the class path. */
    OptionalLong serviceId();

    /** Returns the state of the candidate. */
    PolicyState state();

    /** Returns why it is or is not current; {@link #why} says it in sentences. */
    PolicyReason reason();

    /** Returns where it comes from. */
    PolicySource source();

    /** Tells whether the operator's pin names it. */
    boolean pinned();

    /**
     * Returns the scopes that have chosen it by a pin or as a canary, in their natural order; never the process.
     */
    List<PolicyScope> scopes();

    /** Returns the name of its driver; empty if the policy has not been made yet, or brings no driver. */
    Optional<String> driver();

    /** Returns how many open loops run on its driver. */
    int loops();

    /** Returns its bundle; empty outside a framework. */
    Optional<BundleId> bundle();

    /** Returns the system that the policy is made for, see {@link EventLoopPolicy#HOME}; empty for every system. */
    Optional<String> home();

    /** Returns sentences for people: why it is or is not current, what is wrong with it, and what to do. */
    List<String> why();
}
