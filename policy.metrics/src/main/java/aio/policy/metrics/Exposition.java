package aio.policy.metrics;

import aio.loop.BundleId;
import aio.loop.Distribution;
import aio.loop.LoopInfo;
import aio.loop.LoopStatistics;
import aio.loop.UserLoad;
import aio.policy.PolicyChange;
import aio.policy.PolicyInfo;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes figures in the text format of Prometheus, version 0.0.4. Not for several threads at once. */
final class Exposition {
    /** What is told apart in a histogram, in seconds: from a tenth of a millisecond to ten seconds. */
    private static final List<Double> BUCKETS = List.of(
            0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0);

    private final StringBuilder text = new StringBuilder(8192);
    /** A sample must not come twice, and names of loops and policies are their owners' choice: the first one counts. */
    private final Set<String> written = new HashSet<>();

    /** Writes what loops do now. */
    Exposition loops(List<LoopInfo> loops) {
        gauge(loops, "aio_eventloop_pending_callbacks", "Callbacks that are ready to run", LoopInfo::ready);
        gauge(loops, "aio_eventloop_pending_timers", "Timers that are scheduled", LoopInfo::timers);
        gauge(loops, "aio_eventloop_pending_tasks", "Tasks that are not done", LoopInfo::tasks);
        gauge(loops, "aio_connections", "Connections that are open", LoopInfo::connections);
        head("aio_eventloop_info", "gauge", "The engine of a loop; driver parked is none");
        for (LoopInfo loop : loops) {
            sample("aio_eventloop_info", labels("loop", loop.name(), "driver", loop.driver().orElse("parked"), "bundle",
                    text(loop.driverBundle().orElse(null)), "state", loop.state().toString()), 1);
        }
        return this;
    }

    /** Writes what loops have counted and timed since they were made. */
    Exposition statistics(List<LoopStatistics> loops) {
        load(loops);
        transfer(loops);
        histogram(loops, "aio_eventloop_delay_seconds", "Lag: work between two looks for I/O", LoopStatistics::delay);
        histogram(loops, "aio_eventloop_timer_delay_seconds", "How late timers were", LoopStatistics::timerDelay);
        histogram(loops, "aio_exchange_pause_seconds", "Longest pause of each exchange of the driver",
                LoopStatistics::pauses);
        return this;
    }

    private void load(List<LoopStatistics> loops) {
        figure(loops, "aio_eventloop_utilization", "Share of its time that a loop was at work, since it was made",
                LoopStatistics::utilization);
        figure(loops, "aio_eventloop_delay_p50_seconds",
                "Lag that half of all looks for I/O did not exceed, since the loop was made",
                loop -> seconds(loop.delay().percentile(50)));
        figure(loops, "aio_eventloop_delay_p99_seconds",
                "Lag that 99 of 100 looks for I/O did not exceed, since the loop was made",
                loop -> seconds(loop.delay().percentile(99)));
        figure(loops, "aio_eventloop_delay_max_seconds", "Longest lag since the loop was made",
                loop -> seconds(loop.delay().longest()));
        counter(loops, "aio_eventloop_busy_seconds_total", "How long a loop was at work", s -> seconds(s.busy()));
        counter(loops, "aio_eventloop_waiting_seconds_total", "How long a loop waited", s -> seconds(s.waiting()));
        counter(loops, "aio_eventloop_turns_total", "Turns that were made", LoopStatistics::turns);
        counter(loops, "aio_eventloop_callbacks_total", "Callbacks that were run", LoopStatistics::callbacks);
    }

    private void transfer(List<LoopStatistics> loops) {
        figure(loops, "aio_bytes_queued", "Bytes that wait to be sent", LoopStatistics::bytesQueued);
        counter(loops, "aio_bytes_received_total", "Bytes that connections have received",
                LoopStatistics::bytesReceived);
        counter(loops, "aio_bytes_sent_total", "Bytes that were given to connections", LoopStatistics::bytesSent);
        counter(loops, "aio_connections_accepted_total", "Connections that were accepted", LoopStatistics::accepted);
        counter(loops, "aio_accepts_failed_total", "Accepts that have failed", LoopStatistics::acceptsFailed);
        counter(loops, "aio_connections_made_total", "Connections that were made to others",
                LoopStatistics::connected);
        counter(loops, "aio_connects_failed_total", "Connects that have failed", LoopStatistics::connectsFailed);
        counter(loops, "aio_connections_ended_total", "Connections that ended in order", LoopStatistics::ended);
        counter(loops, "aio_connections_lost_total", "Connections that were lost with a cause", LoopStatistics::lost);
        counter(loops, "aio_tls_handshakes_total", "TLS handshakes that were completed", LoopStatistics::handshakes);
        counter(loops, "aio_tls_handshakes_failed_total", "TLS handshakes that have failed",
                LoopStatistics::handshakesFailed);
    }

    /** Writes what is known of policies and their changes, the latest last. */
    Exposition policies(List<PolicyInfo> policies, List<PolicyChange> history) {
        head("aio_policy_info", "gauge", "A policy; the one with the state current is what loops follow");
        for (PolicyInfo policy : policies) {
            sample("aio_policy_info", labels("policy", policy.name(), "state", policy.state().toString(), "driver",
                    policy.driver().orElse(""), "bundle", text(policy.bundle().orElse(null))), 1);
        }
        PolicyChange last = history.isEmpty() ? null : history.get(history.size() - 1);
        head("aio_policy_changes_total", "counter", "Changes of the current policy");
        sample("aio_policy_changes_total", "", last == null ? 0 : last.number());
        head("aio_loops_to_follow", "gauge", "Loops that have not followed the last change yet");
        sample("aio_loops_to_follow", "", last == null ? 0 : last.toFollow());
        return this;
    }

    /** Writes whose code loops are busy with. */
    Exposition loads(List<UserLoad> loads) {
        head("aio_bundle_busy_seconds_total", "counter", "How long a loop was busy with code of a bundle, estimated");
        loads.stream().collect(Collectors.groupingBy(
                load -> labels("loop", load.loop(), "bundle", text(load.bundle().orElse(null))), LinkedHashMap::new,
                Collectors.summingDouble(load -> seconds(load.busy()))))
                .forEach((labels, busy) -> sample("aio_bundle_busy_seconds_total", labels, busy));
        return this;
    }

    private static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }

    private static String text(@Nullable BundleId bundle) {
        return bundle == null ? "" : bundle.toString();
    }

    private void gauge(List<LoopInfo> loops, String name, String help, ToDoubleFunction<LoopInfo> figure) {
        head(name, "gauge", help);
        loops.forEach(loop -> sample(name, labels("loop", loop.name()), figure.applyAsDouble(loop)));
    }

    private void figure(List<LoopStatistics> loops, String name, String help, ToDoubleFunction<LoopStatistics> figure) {
        head(name, "gauge", help);
        loops.forEach(loop -> sample(name, labels("loop", loop.loop()), figure.applyAsDouble(loop)));
    }

    private void counter(
            List<LoopStatistics> loops, String name, String help, ToDoubleFunction<LoopStatistics> figure) {
        head(name, "counter", help);
        loops.forEach(loop -> sample(name, labels("loop", loop.loop()), figure.applyAsDouble(loop)));
    }

    private void histogram(
            List<LoopStatistics> loops, String name, String help, Function<LoopStatistics, Distribution> figure) {
        head(name, "histogram", help);
        for (LoopStatistics loop : loops) {
            Distribution times = figure.apply(loop);
            for (double bucket : BUCKETS) {
                sample(name + "_bucket", labels("loop", loop.loop(), "le", number(bucket)),
                        times.countAtMost(Duration.ofNanos(Math.round(bucket * 1e9))));
            }
            sample(name + "_bucket", labels("loop", loop.loop(), "le", "+Inf"), times.count());
            sample(name + "_sum", labels("loop", loop.loop()), seconds(times.total()));
            sample(name + "_count", labels("loop", loop.loop()), times.count());
        }
    }

    private void head(String name, String type, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private void sample(String name, String labels, double value) {
        if (written.add(name + labels)) {
            text.append(name).append(labels).append(' ').append(number(value)).append('\n');
        }
    }

    private static String number(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    /** Returns labels; a name of a loop may hold anything. */
    private static String labels(String... namesAndValues) {
        StringBuilder labels = new StringBuilder("{");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            labels.append(i == 0 ? "" : ",").append(namesAndValues[i]).append("=\"")
                    .append(namesAndValues[i + 1].replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"))
                    .append('"');
        }
        return labels.append('}').toString();
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
