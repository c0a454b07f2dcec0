package aio.policy.fleet.node;

import aio.loop.LoopDirectory;
import aio.loop.LoopStatistics;
import aio.policy.PinOptions;
import aio.policy.PolicyAdmin;
import aio.policy.PolicyChange;
import aio.policy.PolicyDirectory;
import aio.policy.PolicyInfo;
import aio.policy.PolicyState;
import aio.policy.PolicyTrial;
import aio.policy.fleet.rollout.Decision;
import aio.policy.fleet.rollout.Order;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The policies and loops of this process, through the exported services alone. Confined to one thread. */
public final class CoreEngine implements Engine {
    private static final int PERCENT = 99;
    private static final long LATELY_NANOS = Duration.ofSeconds(5).toNanos();

    private final PolicyAdmin admin;
    private final PolicyDirectory directory;
    private final LoopDirectory loops;
    private final LongSupplier nanos;
    private Map<String, LoopStatistics> before = Map.of();
    private Map<String, LoopStatistics> since = Map.of();
    private long when;
    private long trial;
    private String tried = "";

    /** Makes one on the services of a core. */
    public CoreEngine(PolicyAdmin admin, PolicyDirectory directory, LoopDirectory loops, LongSupplier nanos) {
        this.nanos = nanos;
        this.admin = admin;
        this.directory = directory;
        this.loops = loops;
    }

    @Override
    public Optional<String> pinned() {
        return directory.pinned();
    }

    @Override
    public Trial take(Order order) {
        long last = directory.trial().map(PolicyTrial::number).orElse(0L);
        PolicyAdmin operator = admin.by("fleet, " + order.who());
        tried = order.policy();
        if (order.policy().isEmpty()) {
            operator.unpin();
            return new Trial(Verdict.KEPT, "");
        }
        operator.pin(order.policy(), order.trial().map(CoreEngine::options).orElseGet(PinOptions::defaults));
        trial = directory.trial().map(PolicyTrial::number).filter(number -> number > last).orElse(0L);
        return trial();
    }

    private static PinOptions options(Decision decision) {
        PinOptions options = PinOptions.defaults().withWatch(decision.watch());
        if (decision.maxLag().isPresent()) {
            options = options.withMaxLag(decision.maxLag().get());
        }
        return decision.maxErrors().isPresent() ? options.withMaxErrors(decision.maxErrors().get()) : options;
    }

    @Override
    public void pin(String policy, String who) {
        PolicyAdmin operator = admin.by("fleet, " + who);
        if (policy.isEmpty()) {
            operator.unpin();
        } else {
            operator.pin(policy);
        }
    }

    @Override
    public Trial trial() {
        Optional<PolicyTrial> ours = directory.trial().filter(each -> trial != 0 && each.number() == trial);
        Optional<PolicyInfo> refused = policies(tried).stream()
                .filter(each -> each.state() == PolicyState.REFUSED)
                .findFirst();
        if (refused.isPresent() && !works(tried)) {
            return new Trial(Verdict.REFUSED, String.join("; ", refused.get().why()) + bundle(refused.get()));
        }
        if (ours.isEmpty()) {
            boolean held = trial == 0 || directory.pinned().filter(tried::equals).isPresent();
            return new Trial(held ? Verdict.KEPT : Verdict.OVERRULED, "");
        }
        return switch (ours.get().state()) {
            case WATCHED, STAYING -> new Trial(Verdict.WATCHED, "");
            case PASSED -> new Trial(Verdict.KEPT, "");
            case ROLLED_BACK -> new Trial(Verdict.ROLLED_BACK,
                    ours.get().text() + policies(tried).stream().findFirst().map(CoreEngine::bundle).orElse(""));
            default -> new Trial(Verdict.OVERRULED, "");
        };
    }

    private List<PolicyInfo> policies(String name) {
        return directory.policies().stream().filter(each -> each.name().equals(name)).toList();
    }

    private static String bundle(PolicyInfo policy) {
        return policy.bundle().map(bundle -> " (" + bundle + ")").orElse("");
    }

    @Override
    public boolean works(String policy) {
        return policy.isEmpty() || policies(policy).stream().anyMatch(each -> each.state() != PolicyState.REFUSED);
    }

    @Override
    public String trouble(String policy) {
        return policies(policy).stream()
                .findFirst()
                .map(each -> "'" + policy + "' is " + each.state() + ": " + String.join("; ", each.why())
                        + bundle(each))
                .orElse("'" + policy + "' is not there");
    }

    @Override
    public Facts facts() {
        Optional<PolicyInfo> current = directory.current();
        Instant changed = Instant.EPOCH;
        for (PolicyChange change : directory.history()) {
            changed = change.scope().isProcess() ? change.when() : changed;
        }
        Map<String, LoopStatistics> now = new HashMap<>();
        Duration lag = Duration.ZERO;
        long failed = 0;
        long ended = 0;
        for (LoopStatistics loop : loops.statistics()) {
            if (now.putIfAbsent(loop.loop(), loop) == null) {
                LoopStatistics lately = lately(loop);
                Duration its = lately.delay().percentile(PERCENT);
                lag = its.compareTo(lag) > 0 ? its : lag;
                long wrong = lately.lost() + lately.acceptsFailed() + lately.connectsFailed();
                failed += wrong;
                ended += wrong + lately.ended();
            }
        }
        if (nanos.getAsLong() - when > LATELY_NANOS) { // so what is shown is of the last one or two of these times
            before = since;
            since = now;
            when = nanos.getAsLong();
        }
        return new Facts(current.map(PolicyInfo::name).orElse(""), current.flatMap(PolicyInfo::driver).orElse(""),
                current.flatMap(PolicyInfo::bundle).map(Object::toString).orElse(""), lag,
                ended == 0 ? 0 : (double) failed / ended, changed);
    }

    /** What is older than itself is another loop of that name. */
    private LoopStatistics lately(LoopStatistics now) {
        LoopStatistics last = before.get(now.loop());
        return last == null || last.age().compareTo(now.age()) > 0 ? now : now.since(last);
    }
}
