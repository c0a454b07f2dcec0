package ${package};

import aio.policy.EventLoopPolicy;
import aio.testkit.PolicySuite;

/** All that asyncio asks of a policy and of its loops. */
class ${className}Test extends PolicySuite {
    @Override
    protected EventLoopPolicy policy() {
        return new ${className}();
    }
}
