package aio.policy;

import aio.loop.BundleId;
import org.osgi.annotation.versioning.ProviderType;

/** A policy that a bundle declares but that is not registered, see {@link PolicyDirectory#absent}. Immutable. */
@ProviderType
public interface AbsentPolicy {

    /** Returns the short name that the bundle declares. */
    String name();

    /** Returns the bundle that declares it. */
    BundleId bundle();

    /** Returns why it is not registered. */
    PolicyAbsence absence();

    /** Returns a sentence for people: what is known, and what to do. */
    String advice();
}
