package aio.policy.winselector;

import static org.assertj.core.api.Assertions.assertThat;

import aio.EventLoops;
import aio.policy.EventLoopPolicy;
import aio.policy.Installation;
import aio.testkit.ClockContract;
import aio.testkit.ClosingContract;
import aio.testkit.CurrentLoopContract;
import aio.testkit.DebugContract;
import aio.testkit.DescriptorContract;
import aio.testkit.ErrorHandlingContract;
import aio.testkit.ExecutorContract;
import aio.testkit.FutureContract;
import aio.testkit.PolicyContract;
import aio.testkit.RecipeContract;
import aio.testkit.RunnerContract;
import aio.testkit.RunningContract;
import aio.testkit.SchedulingContract;
import aio.testkit.SleepContract;
import aio.testkit.StageContract;
import aio.testkit.TaskContract;
import aio.testkit.ThreadsafeContract;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs the contract suites on {@link WindowsSelectorEventLoopPolicy}, on a plain class path. */
class WindowsSelectorEventLoopPolicyContractTest {

    @Nested
    class Policy extends PolicyContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return new WindowsSelectorEventLoopPolicy();
        }
    }

    @Nested
    class CurrentLoop extends CurrentLoopContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return new WindowsSelectorEventLoopPolicy();
        }
    }

    @Nested
    class Runner extends RunnerContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return new WindowsSelectorEventLoopPolicy();
        }
    }

    @Nested
    class Scheduling extends SchedulingContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return new WindowsSelectorEventLoopPolicy();
        }
    }

    @Nested
    class Clock extends ClockContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return new WindowsSelectorEventLoopPolicy();
        }
    }

    @Nested
    class Sleep extends SleepContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return new WindowsSelectorEventLoopPolicy();
        }
    }

    @Nested
    class Recipes extends RecipeContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return new WindowsSelectorEventLoopPolicy();
        }
    }

    @Nested
    class Threadsafe extends ThreadsafeContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return new WindowsSelectorEventLoopPolicy();
        }
    }

    @Nested
    class Running extends RunningContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return new WindowsSelectorEventLoopPolicy();
        }
    }

    @Nested
    class Closing extends ClosingContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return new WindowsSelectorEventLoopPolicy();
        }
    }

    @Nested
    class ErrorHandling extends ErrorHandlingContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return new WindowsSelectorEventLoopPolicy();
        }
    }

    @Nested
    class Debug extends DebugContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return new WindowsSelectorEventLoopPolicy();
        }
    }

    @Nested
    class Executor extends ExecutorContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return new WindowsSelectorEventLoopPolicy();
        }
    }

    @Nested
    class Descriptor extends DescriptorContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return new WindowsSelectorEventLoopPolicy();
        }
    }

    @Nested
    class Future extends FutureContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return new WindowsSelectorEventLoopPolicy();
        }
    }

    @Nested
    class Stage extends StageContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return new WindowsSelectorEventLoopPolicy();
        }
    }

    @Nested
    class Task extends TaskContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return new WindowsSelectorEventLoopPolicy();
        }
    }

    @Test
    @Timeout(20)
    void c033_withThePolicyInstalled_aRunSeesASelectorLoop() {
        try (Installation installed = EventLoops.install(new WindowsSelectorEventLoopPolicy())) {
            String driver = EventLoops.run(
                    () -> CompletableFuture.completedFuture(EventLoops.getRunningLoop().info().driver()
                            .orElse("parked")));

            assertThat(driver).isEqualTo("selector");
        }
    }
}
