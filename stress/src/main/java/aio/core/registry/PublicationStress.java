package aio.core.registry;

import aio.core.loop.Loops;
import aio.core.loop.Origin;
import aio.core.process.ProcessLauncher;
import aio.core.process.SharedReaper;
import aio.loop.EventLoop;
import aio.policy.ChangeReason;
import aio.policy.EventLoopPolicy;
import java.util.List;
import java.util.Optional;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/** The process-wide policy while services come and go on several threads. */
public final class PublicationStress {
    private PublicationStress() {}

    /** A policy that never makes a loop; its field is neither final nor volatile: the registry publishes it. */
    private static final class Named implements EventLoopPolicy {
        private String name;

        Named(String name) {
            this.name = name;
        }

        @Override
        public EventLoop getEventLoop() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void setEventLoop(EventLoop loop) {}

        @Override
        public EventLoop newEventLoop() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<aio.spi.IoDriverFactory> driver() {
            return Optional.empty();
        }
    }

    /** A registry without loops, and one policy of no rank. */
    abstract static class Present {
        private static final ProcessLauncher LAUNCHER = new ProcessLauncher(new SharedReaper());

        private final Registry registry = new Registry(
                Followers.of(new Loops(Origin.NONE, LAUNCHER)), Owners.NONE, List::of);
        private volatile EventLoopPolicy published;

        Present() {
            registry.publishTo(policy -> published = policy);
            registry.arrived(candidate("low", 0));
        }

        final Candidate candidate(String name, int rank) {
            return Candidate.ofService(rank + 1, Owner.NONE, Description.of(name, rank), () -> new Named(name));
        }

        final void arrive(Candidate candidate) {
            registry.arrived(candidate);
        }

        final void leave(Candidate candidate) {
            registry.left(candidate, ChangeReason.SERVICE_LEFT, "service left");
        }

        final String current() {
            return published instanceof Named named ? String.valueOf(named.name) : "none";
        }
    }

    /** Two arrive at once: the better one is current, and each that has arrived sees itself or a better one. */
    @JCStressTest
    @Outcome(id = "high", expect = Expect.ACCEPTABLE, desc = "the better one")
    @Outcome(expect = Expect.FORBIDDEN, desc = "another one")
    @State
    public static class TwoArrive extends Present {
        private String seen = "";

        @Actor
        public void high() {
            arrive(candidate("high", 2));
            seen = current();
        }

        @Actor
        public void middle() {
            arrive(candidate("middle", 1));
        }

        @Arbiter
        public void current(L_Result result) {
            result.r1 = seen.equals(current()) ? seen : seen + " then " + current();
        }
    }

    /** One leaves while another arrives: what has left is no longer current when its departure returns. */
    @JCStressTest
    @Outcome(id = {"low, middle", "middle, middle"}, expect = Expect.ACCEPTABLE, desc = "the best that is there")
    @Outcome(expect = Expect.FORBIDDEN, desc = "one that has left, or not the best")
    @State
    public static class LeavesAndArrives extends Present {
        private final Candidate high = candidate("high", 2);
        private String seen = "";

        public LeavesAndArrives() {
            arrive(high);
        }

        @Actor
        public void leaves() {
            leave(high);
            seen = current();
        }

        @Actor
        public void arrives() {
            arrive(candidate("middle", 1));
        }

        @Arbiter
        public void current(L_Result result) {
            result.r1 = seen + ", " + current();
        }
    }

    /** A reader during a change sees one of the two, in full. */
    @JCStressTest
    @Outcome(id = {"1, 1", "1, 2", "2, 2"}, expect = Expect.ACCEPTABLE, desc = "the one before or the one after")
    @Outcome(expect = Expect.FORBIDDEN, desc = "none, half of one, or back again")
    @State
    public static class ReadWhileChanged extends Present {
        @Actor
        public void arrives() {
            arrive(candidate("high", 2));
        }

        @Actor
        public void reads(II_Result result) {
            result.r1 = number();
            result.r2 = number();
        }

        private int number() {
            return switch (current()) {
                case "low" -> 1;
                case "high" -> 2;
                default -> 0;
            };
        }
    }
}
