package aio.driver.uring;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import aio.spi.IoDriverFactory;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.UnaryOperator;

/** The calls of the system, some of which fail or return impossible values, as a test wants it. */
class ScriptedCalls extends SystemCalls {
    private MemorySegment parameters = MemorySegment.NULL;
    private MemorySegment queues = MemorySegment.NULL;
    private int entersThatFail;
    private int enterAnswer;
    private int failed;
    private Completion lie;

    /** A false completion: the fields that are not null. */
    record Completion(Long user, Integer result, Integer flags) {}

    ScriptedCalls(Arena arena) {
        super(arena);
    }

    /** Returns a factory of drivers that make these calls only. */
    static IoDriverFactory factory(Made made) {
        return factory(made, able -> able);
    }

    static IoDriverFactory factory(Made made, UnaryOperator<Abilities> restriction) {
        return new UringDriverFactory(made::make, restriction, new Tuning(true, true));
    }

    /** Makes calls in a memory. */
    interface Made {
        SystemCalls make(Arena arena);
    }

    /** Makes the next calls of enter return an error, without making them. */
    void failEnters(int count, int errno) {
        entersThatFail = count;
        enterAnswer = -errno;
        failed = 0;
    }

    /** Returns how many have failed. */
    int failed() {
        return failed;
    }

    /** Falsifies the next completion. */
    void lie(Completion next) {
        lie = next;
    }

    @Override
    int setup(int entries, MemorySegment given) {
        int ring = super.setup(entries, given);
        parameters = given;
        return ring;
    }

    @Override
    MemorySegment map(String what, long bytes, int ring, long offset, Arena arena) throws IOException {
        MemorySegment mapped = super.map(what, bytes, ring, offset, arena);
        if (what.equals("the queues")) {
            queues = mapped;
        }
        return mapped;
    }

    @Override
    int enter(int ring, int submit, int await, int flags, long argument, long size) {
        if (failed < entersThatFail) {
            failed++;
            return enterAnswer;
        }
        int answer = super.enter(ring, submit, await, flags, argument, size);
        int tail = queues.get(JAVA_INT, at(84));
        if (lie != null && tail != queues.get(JAVA_INT, at(80))) {
            long cqe = at(100) + (tail - 1 & parameters.get(JAVA_INT, 4) - 1) * 16L;
            if (lie.user != null) {
                queues.set(JAVA_LONG, cqe, lie.user);
            }
            if (lie.result != null) {
                queues.set(JAVA_INT, cqe + 8, lie.result);
            }
            if (lie.flags != null) {
                queues.set(JAVA_INT, cqe + 12, lie.flags);
            }
            lie = null;
        }
        return answer;
    }

    /** Makes the kernel seem to have filled more than there is. */
    void runAway() {
        queues.set(JAVA_INT, at(84), queues.get(JAVA_INT, at(84)) + 1_000_000);
    }

    private long at(long parameter) {
        return parameters.get(JAVA_INT, parameter);
    }
}
