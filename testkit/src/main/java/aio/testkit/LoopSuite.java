package aio.testkit;

import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import aio.policy.EventLoopPolicy;
import aio.spi.DriverFeature;
import aio.spi.IoDriverFactory;
import aio.testkit.process.ChildWatcherContract;
import aio.testkit.process.CommunicateContract;
import aio.testkit.process.SubprocessContract;
import aio.testkit.process.SubprocessPipesContract;
import aio.testkit.process.SubprocessSignalsContract;
import java.util.Optional;
import org.junit.jupiter.api.Nested;

/** The part of {@link PolicySuite} that is about policies, loops, callbacks, futures, tasks and children. */
abstract class LoopSuite {

    /** Returns a new policy of the kind under test at each call, with a driver factory of its own. */
    protected abstract EventLoopPolicy policy();

    private boolean serves(DriverFeature feature) {
        Optional<IoDriverFactory> driver = policy().driver();
        return driver.isPresent() && driver.get().features().contains(feature);
    }

    final EventLoopPolicy serving(DriverFeature feature) {
        assumeTrue(serves(feature), () -> "the driver does not serve " + feature);
        return policy();
    }

    private EventLoopPolicy without(DriverFeature feature) {
        assumeFalse(serves(feature), () -> "the driver serves " + feature);
        return policy();
    }

    private EventLoopPolicy withChildWatcher() {
        EventLoopPolicy made = policy();
        try {
            made.getChildWatcher();
        } catch (UnsupportedOperationException e) {
            assumeTrue(false, () -> "the policy has no child watcher: " + e.getMessage());
        }
        return made;
    }

    // ---- policies, loops, callbacks, futures, tasks

    /** {@link PolicyContract}. */
    @Nested
    class Policy extends PolicyContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return LoopSuite.this.policy();
        }
    }

    /** {@link CurrentLoopContract}. */
    @Nested
    class CurrentLoop extends CurrentLoopContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return LoopSuite.this.policy();
        }
    }

    /** {@link RunnerContract}. */
    @Nested
    class Runner extends RunnerContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return LoopSuite.this.policy();
        }
    }

    /** {@link SchedulingContract}. */
    @Nested
    class Scheduling extends SchedulingContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return LoopSuite.this.policy();
        }
    }

    /** {@link ClockContract}. */
    @Nested
    class Clock extends ClockContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return LoopSuite.this.policy();
        }
    }

    /** {@link SleepContract}. */
    @Nested
    class Sleep extends SleepContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return LoopSuite.this.policy();
        }
    }

    /** {@link RecipeContract}. */
    @Nested
    class Recipe extends RecipeContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return LoopSuite.this.policy();
        }
    }

    /** {@link ThreadsafeContract}. */
    @Nested
    class Threadsafe extends ThreadsafeContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return LoopSuite.this.policy();
        }
    }

    /** {@link RunningContract}. */
    @Nested
    class Running extends RunningContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return LoopSuite.this.policy();
        }
    }

    /** {@link ClosingContract}. */
    @Nested
    class Closing extends ClosingContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return LoopSuite.this.policy();
        }
    }

    /** {@link ErrorHandlingContract}. */
    @Nested
    class ErrorHandling extends ErrorHandlingContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return LoopSuite.this.policy();
        }
    }

    /** {@link DebugContract}. */
    @Nested
    class Debug extends DebugContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return LoopSuite.this.policy();
        }
    }

    /** {@link ExecutorContract}. */
    @Nested
    class Executor extends ExecutorContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return LoopSuite.this.policy();
        }
    }

    /** {@link FutureContract}. */
    @Nested
    class Future extends FutureContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return LoopSuite.this.policy();
        }
    }

    /** {@link StageContract}. */
    @Nested
    class Stage extends StageContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return LoopSuite.this.policy();
        }
    }

    /** {@link TaskContract}. */
    @Nested
    class Task extends TaskContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return LoopSuite.this.policy();
        }
    }

    /** {@link ResourcesContract}. */
    @Nested
    class Resources extends ResourcesContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return LoopSuite.this.policy();
        }
    }

    /** {@link DescriptorContract}. */
    @Nested
    class Descriptor extends DescriptorContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return serving(DriverFeature.DESCRIPTOR_WATCHING);
        }
    }

    /** {@link NoDescriptorContract}. */
    @Nested
    class NoDescriptor extends NoDescriptorContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return without(DriverFeature.DESCRIPTOR_WATCHING);
        }
    }

    /** {@link SubprocessContract}. */
    @Nested
    class Subprocess extends SubprocessContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return LoopSuite.this.policy();
        }
    }

    /** {@link SubprocessPipesContract}. */
    @Nested
    class SubprocessPipes extends SubprocessPipesContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return LoopSuite.this.policy();
        }
    }

    /** {@link SubprocessSignalsContract}. */
    @Nested
    class SubprocessSignals extends SubprocessSignalsContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return LoopSuite.this.policy();
        }
    }

    /** {@link CommunicateContract}. */
    @Nested
    class Communicate extends CommunicateContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return LoopSuite.this.policy();
        }
    }

    /** {@link ChildWatcherContract}. */
    @Nested
    class ChildWatcher extends ChildWatcherContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return withChildWatcher();
        }
    }
}
