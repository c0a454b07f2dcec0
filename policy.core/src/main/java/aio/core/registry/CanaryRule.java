package aio.core.registry;

import aio.loop.EventLoop;
import aio.policy.PolicyScope;
import java.util.function.Predicate;

/**
 * Some loops that go to the driver of a policy before others do, whatever is pinned for them. It is written nowhere: it
 * ends with the process at the latest. Immutable.
 *
 * @param loops which loops; asked on their threads and by threads that change something, with a lock held: it must
 *     return the same each time for the same loop, and call no other code
 * @param policy the name of the policy, as a pin has it
 * @param text which loops, for people
 */
record CanaryRule(Predicate<? super EventLoop> loops, String policy, String text) {

    PolicyScope scope() {
        return PolicyScope.canary(text);
    }
}
