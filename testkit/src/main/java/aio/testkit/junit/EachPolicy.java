package aio.testkit.junit;

import aio.EventLoops;
import aio.policy.PolicyInfo;
import aio.policy.PolicyState;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Lets a test run once on each policy that is there. */
final class EachPolicy implements TestTemplateInvocationContextProvider {

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return true;
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        List<PolicyInfo> policies = EventLoops.policyDirectory().policies();
        if (policies.isEmpty()) {
            throw new IllegalStateException("no policy is there to run " + context.getDisplayName()
                    + " on; expected at least one: add aio-policy-default to the class path of the tests");
        }
        return policies.stream().map(On::new);
    }

    /** One run. */
    private record On(PolicyInfo policy) implements TestTemplateInvocationContext {
        @Override
        public String getDisplayName(int index) {
            return "on " + policy.name();
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            if (policy.state() != PolicyState.REFUSED) {
                return List.of(new LoopExtension(policy.name()));
            }
            String why = "policy \"" + policy.name() + "\" is refused: " + String.join(" ", policy.why());
            ExecutionCondition skip = context -> ConditionEvaluationResult.disabled(why);
            return List.of(skip);
        }
    }
}
