package aio.policy;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** A snapshot of one candidate for the process-wide policy. Immutable. */
@ProviderType
public interface PolicyInfo {

    /** Returns the short name; two candidates of one name differ in {@link #serviceId}. */
    String name();

    /** Returns the ranking that counts. */
    int ranking();

    /** Returns the id of the service; -1 for a policy that was installed by code or found on the class path. */
    long serviceId();

    /** Returns {@code current}, {@code standby} or {@code refused}. */
    String state();

    /** Returns where it comes from: {@code service}, {@code code} or {@code class path}. */
    String source();

    /** Tells whether the operator's pin names it. */
    boolean pinned();

    /** Returns the name of the driver it brings; {@code -} if it has not been made yet or brings none. */
    String driver();

    /** Returns how many open loops run on the driver it brings. */
    int loops();

    /** Returns the symbolic name of its bundle; empty outside a framework. */
    String bundle();

    /** Returns the id of its bundle; -1 outside a framework. */
    long bundleId();

    /** Returns the system that the policy is made for, see {@link EventLoopPolicy#HOME}; empty for every system. */
    String home();

    /** Returns sentences that say why it is or is not current, what is wrong with it, and what to do. */
    List<String> why();
}
