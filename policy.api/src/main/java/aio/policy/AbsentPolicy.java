package aio.policy;

import aio.loop.BundleId;
import org.osgi.annotation.versioning.ProviderType;

/** A policy that a bundle declares and that is not there, see {@link PolicyDirectory#absent}. Immutable. */
@ProviderType
public interface AbsentPolicy {

    /** Returns the short name that the bundle declares. */
    String name();

    /** Returns the bundle that would bring it. */
    BundleId bundle();

    /** Returns why it is not there. */
    PolicyAbsence absence();

    /** Returns a sentence that says what is known and what to do. */
    String advice();
}
