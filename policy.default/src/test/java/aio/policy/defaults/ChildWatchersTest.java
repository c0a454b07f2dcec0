package aio.policy.defaults;

import aio.policy.EventLoopPolicy;
import aio.testkit.process.FastChildWatcherContract;
import aio.testkit.process.MultiLoopChildWatcherContract;
import aio.testkit.process.PidfdChildWatcherContract;
import aio.testkit.process.SafeChildWatcherContract;
import aio.testkit.process.ThreadedChildWatcherContract;
import org.junit.jupiter.api.Nested;

/** The child watchers of {@code aio.process.watcher}, which belong to no policy, on loops of this one. */
class ChildWatchersTest {

    @Nested
    class Fast extends FastChildWatcherContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return new DefaultEventLoopPolicy();
        }
    }

    @Nested
    class MultiLoop extends MultiLoopChildWatcherContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return new DefaultEventLoopPolicy();
        }
    }

    @Nested
    class Pidfd extends PidfdChildWatcherContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return new DefaultEventLoopPolicy();
        }
    }

    @Nested
    class Safe extends SafeChildWatcherContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return new DefaultEventLoopPolicy();
        }
    }

    @Nested
    class Threaded extends ThreadedChildWatcherContract {
        @Override
        protected EventLoopPolicy newPolicy() {
            return new DefaultEventLoopPolicy();
        }
    }
}
