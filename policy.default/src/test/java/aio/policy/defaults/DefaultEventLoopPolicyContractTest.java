package aio.policy.defaults;

import aio.policy.EventLoopPolicy;
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
import aio.testkit.ResourcesContract;
import aio.testkit.RunnerContract;
import aio.testkit.RunningContract;
import aio.testkit.SchedulingContract;
import aio.testkit.SleepContract;
import aio.testkit.StageContract;
import aio.testkit.TaskContract;
import aio.testkit.ThreadsafeContract;
import org.junit.jupiter.api.Nested;

/** Runs the contract suites on {@link DefaultEventLoopPolicy}, on a plain class path. */
class DefaultEventLoopPolicyContractTest {

    @Nested
    class Policy extends PolicyContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return new DefaultEventLoopPolicy();
        }
    }

    @Nested
    class CurrentLoop extends CurrentLoopContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return new DefaultEventLoopPolicy();
        }
    }

    @Nested
    class Runner extends RunnerContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return new DefaultEventLoopPolicy();
        }
    }

    @Nested
    class Scheduling extends SchedulingContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return new DefaultEventLoopPolicy();
        }
    }

    @Nested
    class Clock extends ClockContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return new DefaultEventLoopPolicy();
        }
    }

    @Nested
    class Sleep extends SleepContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return new DefaultEventLoopPolicy();
        }
    }

    @Nested
    class Recipes extends RecipeContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return new DefaultEventLoopPolicy();
        }
    }

    @Nested
    class Threadsafe extends ThreadsafeContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return new DefaultEventLoopPolicy();
        }
    }

    @Nested
    class Running extends RunningContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return new DefaultEventLoopPolicy();
        }
    }

    @Nested
    class Closing extends ClosingContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return new DefaultEventLoopPolicy();
        }
    }

    @Nested
    class ErrorHandling extends ErrorHandlingContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return new DefaultEventLoopPolicy();
        }
    }

    @Nested
    class Debug extends DebugContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return new DefaultEventLoopPolicy();
        }
    }

    @Nested
    class Executor extends ExecutorContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return new DefaultEventLoopPolicy();
        }
    }

    @Nested
    class Descriptor extends DescriptorContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return new DefaultEventLoopPolicy();
        }
    }

    @Nested
    class Future extends FutureContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return new DefaultEventLoopPolicy();
        }
    }

    @Nested
    class Stage extends StageContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return new DefaultEventLoopPolicy();
        }
    }

    @Nested
    class Task extends TaskContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return new DefaultEventLoopPolicy();
        }
    }

    @Nested
    class Resources extends ResourcesContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return new DefaultEventLoopPolicy();
        }
    }
}
