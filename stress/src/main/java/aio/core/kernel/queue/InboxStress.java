package aio.core.kernel.queue;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIL_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/** The inbox between producers and the loop, in the middle of an array and at its end. */
public final class InboxStress {
    private static final int PLACES = 256;

    private InboxStress() {}

    /** An inbox and what was taken out of it; the first places are used up. */
    abstract static class Mail {
        final Inbox inbox = new Inbox();
        private final ReadyQueue ready = new ReadyQueue();
        private final TimerHeap timers = new TimerHeap();

        Mail(int usedUp) {
            for (int i = 0; i < usedUp; i++) {
                inbox.add("");
            }
            take();
        }

        /** Takes what is there, as text. */
        final String take() {
            inbox.drainTo(ready, timers);
            StringBuilder text = new StringBuilder();
            while (!ready.isEmpty()) {
                text.append(ready.first());
                ready.removeFirst();
            }
            return text.toString();
        }
    }

    /** Two producers at once, each twice: everything arrives, in the order of each. */
    @JCStressTest
    @Outcome(id = {"ABab", "AaBb", "AabB", "aABb", "aAbB", "abAB"}, expect = Expect.ACCEPTABLE, desc = "all, in order")
    @Outcome(expect = Expect.FORBIDDEN, desc = "lost, doubled or out of order")
    @State
    public static class TwoProducers extends Mail {
        public TwoProducers() {
            super(0);
        }

        @Actor
        public void first() {
            inbox.add("A");
            inbox.add("B");
        }

        @Actor
        public void second() {
            inbox.add("a");
            inbox.add("b");
        }

        @Arbiter
        public void loop(L_Result result) {
            result.r1 = take();
        }
    }

    /** The same where an array ends between the first callback and the last. */
    @JCStressTest
    @Outcome(id = {"ABab", "AaBb", "AabB", "aABb", "aAbB", "abAB"}, expect = Expect.ACCEPTABLE, desc = "all, in order")
    @Outcome(expect = Expect.FORBIDDEN, desc = "lost, doubled or out of order")
    @State
    public static class TwoProducersAtTheEnd extends Mail {
        public TwoProducersAtTheEnd() {
            super(PLACES - 2);
        }

        @Actor
        public void first() {
            inbox.add("A");
            inbox.add("B");
        }

        @Actor
        public void second() {
            inbox.add("a");
            inbox.add("b");
        }

        @Arbiter
        public void loop(L_Result result) {
            result.r1 = take();
        }
    }

    /** An inbox that says it is empty holds nothing that was added before. */
    @JCStressTest
    @Outcome(id = {"1, 1, A", "0, 1, A", "0, 0, A", "1, 0, A"}, expect = Expect.ACCEPTABLE, desc = "it comes")
    @Outcome(expect = Expect.FORBIDDEN, desc = "lost")
    @State
    public static class SeenAndTaken extends Mail {
        private String taken = "";

        public SeenAndTaken() {
            super(PLACES - 1);
        }

        @Actor
        public void producer(IIL_Result result) {
            inbox.add("A");
            result.r1 = inbox.isEmpty() ? 0 : 1;
        }

        @Actor
        public void loop(IIL_Result result) {
            result.r2 = inbox.isEmpty() ? 0 : 1;
            taken = take();
            if (result.r2 == 1 && taken.isEmpty() && inbox.isEmpty()) {
                taken = "lost";
            }
        }

        @Arbiter
        public void rest(IIL_Result result) {
            result.r3 = taken + take();
        }
    }

    /**
     * Arrays that are used again while a producer holds one of them: nothing appears in the place of another callback.
     */
    @JCStressTest
    @Outcome(id = {"ABC"}, expect = Expect.ACCEPTABLE, desc = "all, in order")
    @Outcome(expect = Expect.FORBIDDEN, desc = "lost, doubled or out of order")
    @State
    public static class UsedAgain extends Mail {
        private String taken = "";

        public UsedAgain() {
            super(3 * PLACES - 1);
        }

        @Actor
        public void producer() {
            inbox.add("A");
            inbox.add("B");
            inbox.add("C");
        }

        @Actor
        public void loop() {
            taken = take() + take();
        }

        @Arbiter
        public void rest(L_Result result) {
            result.r1 = taken + take();
        }
    }
}
