package aio.policy;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What would happen if the operator pinned a policy now, see {@link PolicyAdmin#plan}. Immutable; it holds names only.
 *
 * <p>Implemented by the core.
 */
@ProviderType
public interface PolicyPlan {

    /** Returns the name of the policy that would be pinned. */
    String policy();

    /** Returns the name of the policy that is current now; empty if none is. */
    Optional<String> current();

    /** Returns what each open loop would do, by name. */
    List<PlannedLoop> loops();

    /** Returns sentences for people: what is known of the driver, what a trial would judge, what would end. */
    List<String> notes();

    /** What one loop would do. Immutable. */
    @ProviderType
    interface PlannedLoop {

        /** Returns the name of the loop. */
        String loop();

        /** Returns the name of the driver that the loop is on; empty if it is parked. */
        Optional<String> driver();

        /** Returns what it would do. */
        PlannedStep step();

        /** Returns why it would do so, as a sentence. */
        String why();

        /** Returns how many connections it has, open or being made: they would be carried over if it moves. */
        int connections();
    }
}
