package aio.policy.console;

import aio.loop.LoopInfo;
import aio.policy.Installation;
import aio.policy.PolicyChange;
import aio.policy.PolicyInfo;
import aio.policy.PolicyListener;
import aio.policy.PolicyRegistry;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A registry that answers what it was given, and notes what it is told. */
final class FakeRegistry {
    final List<PolicyInfo> policies = new ArrayList<>();
    final List<LoopInfo> loops = new ArrayList<>();
    final List<PolicyChange> history = new ArrayList<>();
    final Map<String, Integer> ranks = new HashMap<>();
    final List<String> told = new ArrayList<>();
    final BlockingQueue<PolicyListener> listeners = new LinkedBlockingQueue<>();

    PolicyRegistry registry() {
        return (PolicyRegistry) Proxy.newProxyInstance(
                PolicyRegistry.class.getClassLoader(), new Class<?>[] {PolicyRegistry.class}, this::answer);
    }

    private Object answer(Object proxy, Method method, Object[] arguments) {
        return switch (method.getName()) {
            case "policies" -> List.copyOf(policies);
            case "loops" -> List.copyOf(loops);
            case "history" -> List.copyOf(history);
            case "notStarted", "missing" -> List.of();
            case "ranks" -> ranks;
            case "pinned" -> Optional.empty();
            case "current" -> policies.stream().filter(Texts::isCurrent).findFirst();
            case "addListener" -> listen((PolicyListener) arguments[0]);
            default -> {
                told.add(method.getName() + List.of(arguments));
                yield method.getReturnType() == Optional.class ? Optional.empty() : null;
            }
        };
    }

    private Installation listen(PolicyListener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
