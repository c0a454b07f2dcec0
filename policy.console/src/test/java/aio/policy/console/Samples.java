package aio.policy.console;

import aio.loop.BundleId;
import aio.loop.LoopInfo;
import aio.loop.LoopState;
import aio.policy.Canary;
import aio.policy.ChangeActor;
import aio.policy.ChangeReason;
import aio.policy.PlannedStep;
import aio.policy.PolicyChange;
import aio.policy.PolicyInfo;
import aio.policy.PolicyPlan;
import aio.policy.PolicyScope;
import aio.policy.PolicyReason;
import aio.policy.PolicySource;
import aio.policy.PolicyState;
import aio.policy.PolicyTrial;
import aio.policy.TrialState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Policies, changes and loops to be shown. */
final class Samples {
    private Samples() {}

    record Policy(
            String name, int ranking, OptionalLong serviceId, PolicyState state, boolean pinned, int loops,
            Optional<BundleId> bundle, List<String> why, List<PolicyScope> scopes)
            implements PolicyInfo {
        Policy(String name, int ranking, OptionalLong serviceId, PolicyState state, boolean pinned, int loops,
                Optional<BundleId> bundle, List<String> why) {
            this(name, ranking, serviceId, state, pinned, loops, bundle, why, List.of());
        }

        Policy(String name, int ranking, long serviceId, PolicyState state, int loops, long bundleId, String why) {
            this(name, ranking, OptionalLong.of(serviceId), state, false, loops,
                    Optional.of(new BundleId("aio.policy." + name, bundleId)), List.of(why));
        }

        @Override
        public PolicySource source() {
            return bundle.isEmpty() ? PolicySource.CODE : PolicySource.SERVICE;
        }

        @Override
        public PolicyReason reason() {
            return switch (state) {
                case CURRENT -> PolicyReason.HIGHEST_RANKING;
                case STANDBY -> PolicyReason.LOWER_RANKING;
                case HELD_DOWN -> PolicyReason.HELD_DOWN;
                case UNCONFIRMED -> PolicyReason.UNCONFIRMED;
                case REFUSED -> PolicyReason.REFUSED;
            };
        }

        @Override
        public Optional<String> driver() {
            return Optional.of("selector");
        }

        @Override
        public Optional<String> home() {
            return Optional.of("Elsewhere").filter(home -> name.startsWith("foreign"));
        }
    }

    static PolicyInfo current() {
        return new Policy("default", Integer.MIN_VALUE, 23, PolicyState.CURRENT, 1, 9, "it is the only one");
    }

    static PolicyInfo scoped(String name, PolicyScope... scopes) {
        return new Policy(name, 1, OptionalLong.of(50), PolicyState.STANDBY, false, 1, Optional.empty(),
                List.of("has them"), List.of(scopes));
    }

    static PolicyInfo standby(String name, int ranking, long serviceId) {
        return new Policy(name, ranking, serviceId, PolicyState.STANDBY, 0, 12, "'default' outranks it");
    }

    static PolicyInfo refused(String name) {
        return new Policy(name, 7, 31, PolicyState.REFUSED, 0, 13, "getService failed");
    }

    /** A policy that code has pinned and installed. */
    static PolicyInfo pinnedByCode(String name) {
        return new Policy(name, Integer.MAX_VALUE, OptionalLong.empty(), PolicyState.CURRENT, true, 0,
                Optional.empty(), List.of());
    }

    record Change(long number, PolicyScope scope, Optional<String> from, Optional<String> to, int toFollow,
            List<String> stayed) implements PolicyChange {
        Change(long number, String from, String to, int toFollow, List<String> stayed) {
            this(number, PolicyScope.process(), Optional.of(from).filter(name -> !name.equals("none")),
                    Optional.of(to), toFollow, stayed);
        }

        Change(long number, PolicyScope scope, String from, String to) {
            this(number, scope, Optional.of(from).filter(name -> !name.equals("none")), Optional.of(to), 0, List.of());
        }

        Change(long number, String from, String to, List<String> stayed) {
            this(number, from, to, 0, stayed);
        }

        @Override
        public ChangeReason reason() {
            return ChangeReason.SERVICE_ARRIVED;
        }

        @Override
        public ChangeActor actor() {
            return ChangeActor.BUNDLE;
        }

        @Override
        public Instant when() {
            return Instant.parse("2026-01-02T03:04:05Z");
        }

        @Override
        public String cause() {
            return "rank 100, service arrived";
        }

        @Override
        public String who() {
            return "aio.policy.winselector [12]";
        }

        @Override
        public Duration duration() {
            return Duration.ofMillis(2);
        }

        @Override
        public int loops() {
            return 1;
        }

        @Override
        public int kept() {
            return 3;
        }

        @Override
        public int lost() {
            return 0;
        }

        @Override
        public Duration longestPause() {
            return Duration.ofNanos(440_000);
        }

        @Override
        public String summary() {
            return from.orElse("none") + " -> " + to.orElse("none") + " (" + cause() + ")";
        }
    }

    record Loop(String name, Optional<String> thread, Optional<BundleId> driverBundle, long exchanges)
            implements LoopInfo {
        /** A loop that runs, unless the name of the thread is empty. */
        Loop(String name, String thread, long exchanges) {
            this(name, Optional.of(thread).filter(text -> !text.isEmpty()), Optional.empty(), exchanges);
        }

        @Override
        public LoopState state() {
            return thread.isEmpty() ? LoopState.IDLE : LoopState.RUNNING;
        }

        @Override
        public Optional<BundleId> bundle() {
            return Optional.empty();
        }

        @Override
        public Optional<String> driver() {
            return Optional.of("selector");
        }

        @Override
        public boolean follows() {
            return true;
        }

        @Override
        public boolean managed() {
            return true;
        }

        @Override
        public int connections() {
            return 3;
        }

        @Override
        public int listeners() {
            return 2;
        }

        @Override
        public int datagrams() {
            return 1;
        }

        @Override
        public int connecting() {
            return 0;
        }

        @Override
        public int watched() {
            return 1;
        }

        @Override
        public int ready() {
            return 0;
        }

        @Override
        public int timers() {
            return 4;
        }

        @Override
        public int tasks() {
            return 0;
        }

        @Override
        public long turns() {
            return 17;
        }

        @Override
        public Duration longestPause() {
            return Duration.ofNanos(440_000);
        }
    }

    record Trial(
            long number, String policy, Optional<Canary> canary, TrialState state, Instant began,
            Optional<Instant> until, String text)
            implements PolicyTrial {}

    static PolicyTrial trial(TrialState state, String text) {
        return new Trial(7, "other", Optional.of(Canary.share(50)), state, Instant.now(), Optional.empty(), text);
    }

    record Plan(String policy, Optional<String> current, List<PolicyPlan.PlannedLoop> loops, List<String> notes)
            implements PolicyPlan {}

    record Planned(String loop, Optional<String> driver, PlannedStep step, String why, int connections)
            implements PolicyPlan.PlannedLoop {}

    static PolicyPlan plan() {
        return new Plan("other", Optional.of("default"), List.of(
                new Planned("edge", Optional.of("selector"), PlannedStep.MOVES, "canary", 3),
                new Planned("shared", Optional.empty(), PlannedStep.MOVES_LATER, "after the canary", 0)),
                List.of("a note\u001b[2J"));
    }
}
