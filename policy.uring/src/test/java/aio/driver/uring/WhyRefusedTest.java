package aio.driver.uring;

import static org.assertj.core.api.Assertions.assertThat;

import aio.EventLoops;
import aio.policy.AbstractEventLoopPolicy;
import aio.policy.EventLoopPolicy;
import aio.policy.Installation;
import aio.policy.LoopFactory;
import aio.policy.PolicyDirectory;
import aio.policy.PolicyInfo;
import aio.policy.uring.UringEventLoopPolicy;
import aio.testkit.net.LoopThread;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an operator reads where the system refuses: loops stay where they are, and the policy says why. */
@Timeout(30)
class WhyRefusedTest {
    private static final long PATIENCE_NANOS = 10_000_000_000L;

    private final PolicyDirectory directory = EventLoops.policyDirectory();

    /** The policy, on a system that refuses with a given error. */
    private static final class Refused extends AbstractEventLoopPolicy {
        Refused(Function<Arena, SystemCalls> system) {
            super(LoopFactory.ofClassPath(), new UringDriverFactory(system, able -> able, Tuning.USUAL));
        }
    }

    private String why(Function<Arena, SystemCalls> system) throws Exception {
        EventLoopPolicy refused = new Refused(system);
        try (Installation working = EventLoops.install(new UringEventLoopPolicy());
                LoopThread running = LoopThread.start(EventLoops.newEventLoop());
                Installation installed = EventLoops.install(refused)) {
            long deadline = System.nanoTime() + PATIENCE_NANOS;
            List<String> told;
            do {
                running.turns(1);
                told = directory.policies().stream().map(PolicyInfo::why).flatMap(List::stream)
                        .filter(line -> line.startsWith("refused")).toList();
            } while (told.isEmpty() && System.nanoTime() - deadline < 0);
            assertThat(running.loop().info().driver()).hasValue("io_uring");
            assertThat(running.call(() -> "alive")).isEqualTo("alive");
            return String.join("\n", told);
        }
    }

    @Test
    void noRing() throws Exception {
        assertThat(why(arena -> new SystemCalls(arena) {
            @Override
            int setup(int entries, MemorySegment parameters) {
                return -Errno.EPERM;
            }
        })).contains("io_uring_setup returned EPERM on Linux ", "kernel.io_uring_disabled is ", "use another policy");
    }

    @Test
    void noLockedMemory() throws Exception {
        assertThat(why(arena -> new SystemCalls(arena) {
            @Override
            int setup(int entries, MemorySegment parameters) {
                return -Errno.ENOMEM;
            }
        })).contains("io_uring_setup returned ENOMEM on Linux ", "Max locked memory ", "LimitMEMLOCK");
    }

    @Test
    void ringThatCannotBeEntered_isFoundByTheProbe() throws Exception {
        assertThat(why(arena -> new SystemCalls(arena) {
            @Override
            int enter(int ring, int submit, int await, int flags, long argument, long size) {
                return -Errno.EPERM;
            }
        })).contains("io_uring_enter returned EPERM on Linux ", "the seccomp profile of the container");
    }
}
