package aio.core.classpath;

import aio.loop.LoopInfo;
import aio.policy.EventLoopPolicy;
import aio.policy.Installation;
import aio.policy.PolicyChange;
import aio.policy.PolicyInfo;
import aio.policy.PolicyListener;
import aio.policy.PolicyRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the service loader finds: the registry of the one core of the class path. */
public final class ClassPathRegistry implements PolicyRegistry {
    private final PolicyRegistry registry = ClassPathCore.get().registry();

    /** For the service loader. */
    public ClassPathRegistry() {}

    @Override
    public EventLoopPolicy getEventLoopPolicy() {
        return registry.getEventLoopPolicy();
    }

    @Override
    public void setEventLoopPolicy(@Nullable EventLoopPolicy policy) {
        registry.setEventLoopPolicy(policy);
    }

    @Override
    public Installation install(EventLoopPolicy policy) {
        return registry.install(policy);
    }

    @Override
    public Optional<PolicyChange> pin(String name) {
        return registry.pin(name);
    }

    @Override
    public Optional<PolicyChange> unpin() {
        return registry.unpin();
    }

    @Override
    public Optional<String> pinned() {
        return registry.pinned();
    }

    @Override
    public Optional<PolicyInfo> current() {
        return registry.current();
    }

    @Override
    public List<PolicyInfo> policies() {
        return registry.policies();
    }

    @Override
    public Optional<PolicyChange> rank(String name, int ranking) {
        return registry.rank(name, ranking);
    }

    @Override
    public Optional<PolicyChange> unrank(String name) {
        return registry.unrank(name);
    }

    @Override
    public Map<String, Integer> ranks() {
        return registry.ranks();
    }

    @Override
    public List<String> notStarted() {
        return registry.notStarted();
    }

    @Override
    public List<String> drain(Duration patience) {
        return registry.drain(patience);
    }

    @Override
    public List<String> missing() {
        return registry.missing();
    }

    @Override
    public List<PolicyChange> history() {
        return registry.history();
    }

    @Override
    public Installation addListener(PolicyListener listener) {
        return registry.addListener(listener);
    }

    @Override
    public List<LoopInfo> loops() {
        return registry.loops();
    }

    @Override
    public void closeLoop(String name) {
        registry.closeLoop(name);
    }
}
