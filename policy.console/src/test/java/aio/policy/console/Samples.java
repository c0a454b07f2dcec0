package aio.policy.console;

import aio.loop.LoopInfo;
import aio.loop.LoopStatistics;
import aio.policy.PolicyChange;
import aio.policy.PolicyInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Policies, changes and loops to be shown. */
final class Samples {
    private Samples() {}

    record Policy(
            String name, int ranking, long serviceId, String state, boolean pinned, int loops, long bundleId,
            List<String> why)
            implements PolicyInfo {
        @Override
        public String source() {
            return bundleId < 0 ? "code" : "service";
        }

        @Override
        public String driver() {
            return "selector";
        }

        @Override
        public String bundle() {
            return bundleId < 0 ? "" : "aio.policy." + name;
        }

        @Override
        public String home() {
            return name.startsWith("foreign") ? "Elsewhere" : "";
        }
    }

    static PolicyInfo current() {
        return new Policy("default", Integer.MIN_VALUE, 23, "current", false, 1, 9, List.of("it is the only one"));
    }

    static PolicyInfo standby(String name, int ranking, long serviceId) {
        return new Policy(name, ranking, serviceId, "standby", false, 0, 12, List.of("'default' outranks it"));
    }

    static PolicyInfo refused(String name) {
        return new Policy(name, 7, 31, "refused", false, 0, 13, List.of("getService failed"));
    }

    record Change(long number, String from, String to, int toFollow, List<String> stayed) implements PolicyChange {
        Change(long number, String from, String to, List<String> stayed) {
            this(number, from, to, 0, stayed);
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
            return from + " -> " + to + " (" + cause() + ")";
        }
    }

    record Loop(String name, String thread, String driverBundle, long exchanges) implements LoopInfo {
        @Override
        public String state() {
            return thread.isEmpty() ? "idle" : "running";
        }

        @Override
        public String driver() {
            return "selector";
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
        public LoopStatistics statistics() {
            throw new UnsupportedOperationException();
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
}
