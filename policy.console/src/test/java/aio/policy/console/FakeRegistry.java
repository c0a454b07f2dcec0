package aio.policy.console;

import aio.loop.ConnectionInfo;
import aio.loop.LoopBlock;
import aio.loop.LoopDirectory;
import aio.loop.LoopInfo;
import aio.loop.LoopStatistics;
import aio.loop.TaskInfo;
import aio.loop.UserLoad;
import aio.policy.Installation;
import aio.policy.PolicyAdmin;
import aio.policy.PolicyChange;
import aio.policy.PolicyDirectory;
import aio.policy.PolicyInfo;
import aio.policy.PolicyListener;
import aio.policy.PolicyPlan;
import aio.policy.PolicyTrial;
import aio.policy.PolicyScope;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Services of the core that answer what they were given, and note what they are told. */
final class FakeRegistry {
    final List<PolicyInfo> policies = new ArrayList<>();
    final List<LoopInfo> loops = new ArrayList<>();
    final List<ConnectionInfo> connections = new ArrayList<>();
    final List<TaskInfo> tasks = new ArrayList<>();
    final List<LoopBlock> blocks = new ArrayList<>();
    /** What each look at the loops sees; the last one is seen again. */
    final Deque<Load> looks = new ArrayDeque<>(List.of(new Load(List.of(), List.of())));
    final List<PolicyChange> history = new ArrayList<>();
    /** What each look at the trial sees; the last one is seen again. */
    final Deque<PolicyTrial> trials = new ArrayDeque<>();
    PolicyPlan plan = Samples.plan();
    final Map<String, Integer> ranks = new HashMap<>();
    final Map<PolicyScope, String> pins = new TreeMap<>();
    final Map<String, Integer> confirmed = new HashMap<>();
    final List<String> told = new ArrayList<>();
    final BlockingQueue<PolicyListener> listeners = new LinkedBlockingQueue<>();

    /** How busy loops are at an instant, and with what. */
    record Load(List<LoopStatistics> statistics, List<UserLoad> loads) {}

    PolicyAdmin admin() {
        return proxy(PolicyAdmin.class);
    }

    PolicyDirectory directory() {
        return proxy(PolicyDirectory.class);
    }

    LoopDirectory loopDirectory() {
        return proxy(LoopDirectory.class);
    }

    private <T> T proxy(Class<T> type) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, this::answer));
    }

    private Object answer(Object proxy, Method method, Object[] arguments) {
        return switch (method.getName()) {
            case "policies" -> List.copyOf(policies);
            case "loops" -> List.copyOf(loops);
            case "connections" -> List.copyOf(connections);
            case "closeConnection" -> {
                told.add(method.getName() + List.of(arguments));
                yield connections.get(0);
            }
            case "tasks" -> List.copyOf(tasks);
            case "blocks" -> List.copyOf(blocks);
            case "statistics" -> looks.element().statistics();
            case "loads" -> (looks.size() > 1 ? looks.remove() : looks.element()).loads();
            case "history" -> List.copyOf(history);
            case "absent" -> List.of();
            case "ranks" -> ranks;
            case "confirmed" -> confirmed;
            case "pinned", "pinnedUntil" -> Optional.empty();
            case "trial" -> Optional.ofNullable(trials.size() > 1 ? trials.remove() : trials.peek());
            case "plan" -> {
                told.add(method.getName() + List.of(arguments));
                yield plan;
            }
            case "pins" -> pins;
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
