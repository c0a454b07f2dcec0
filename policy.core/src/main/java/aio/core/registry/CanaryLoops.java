package aio.core.registry;

import aio.core.collection.WeakMap;
import aio.core.loop.Loops;
import aio.core.loop.Observation;
import aio.loop.EventLoop;
import aio.policy.Canary;
import aio.policy.PolicyScope;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** Says which loops a canary and a scope mean. Stateless. */
final class CanaryLoops {
    private static final int ALL = 100;

    private CanaryLoops() {}

    /** Returns the loops of a scope; those that are made later as well. */
    static Predicate<EventLoop> of(PolicyScope scope) {
        return switch (scope.kind()) {
            case LOOP -> Loops.isNamed(scope.loopName().orElseThrow());
            case BUNDLE -> Loops.isMadeBy(scope.bundleId().orElseThrow());
            default -> loop -> true;
        };
    }

    /**
     * Returns the loops of a canary in a scope. A share is of the loops that are open now and would go: it keeps them
     * weakly.
     */
    static Predicate<EventLoop> of(Canary canary, PolicyScope scope, List<Observation.Seen> open) {
        Predicate<EventLoop> inScope = of(scope);
        if (canary.loopName().isPresent()) {
            return inScope.and(Loops.isNamed(canary.loopName().get()));
        }
        if (canary.bundleId().isPresent()) {
            return inScope.and(Loops.isMadeBy(canary.bundleId().getAsLong()));
        }
        List<EventLoop> all = open.stream().filter(Observation.Seen::follows).map(Observation.Seen::loop)
                .filter(inScope).sorted(Comparator.comparing(EventLoop::name)).toList();
        WeakMap<EventLoop, Boolean> chosen = WeakMap.byIdentity();
        int count = (int) Math.ceil(all.size() * (double) canary.percent().orElseThrow() / ALL);
        all.subList(0, count).forEach(loop -> chosen.put(loop, true));
        return loop -> chosen.get(loop) != null;
    }
}
