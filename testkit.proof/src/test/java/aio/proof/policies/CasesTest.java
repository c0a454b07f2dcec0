package aio.proof.policies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;

/** That one class runs the contracts of a policy, that a failure says which case it is, and what is left out. */
@Timeout(60)
class CasesTest {

    private static EngineExecutionResults run(String beginning) {
        PostDiscoveryFilter chosen = test -> FilterResult.includedIf(test.getSource()
                .filter(MethodSource.class::isInstance).map(MethodSource.class::cast)
                .map(method -> method.getMethodName().startsWith(beginning)).orElse(true));
        return EngineTestKit.engine("junit-jupiter").selectors(selectClass(BadPolicySuite.class)).filters(chosen)
                .execute();
    }

    @Test
    void aFailure_saysWhichCaseItIs_andLinksIt() {
        EngineExecutionResults results = run("c014_newEventLoop_makes_andDoesNotInstall");
        assertThat(results.testEvents().failed().stream()
                .flatMap(event -> event.getPayload(TestExecutionResult.class).stream())
                .flatMap(result -> result.getThrowable().stream()).map(Throwable::getMessage))
                .singleElement().asString().startsWith("case C014 of asyncio is not kept"
                        + " (asyncio: AbstractEventLoopPolicy.new_event_loop, https://docs.python.org/3.13/library/"
                        + "asyncio-policy.html#asyncio.AbstractEventLoopPolicy.new_event_loop;"
                        + " PolicyContract.c014_newEventLoop_makes_andDoesNotInstall; docs/parity.md has the cases");
    }

    @Test
    void whatIsLeftOut_isShownWithItsReason() {
        EngineExecutionResults results = run("newFuture_isPending_andBelongsToItsLoop");
        List<String> reasons = results.containerEvents().skipped().stream()
                .flatMap(event -> event.getPayload(String.class).stream()).toList();
        assertThat(reasons).containsExactly("this policy has no futures of its own");
        assertThat(results.testEvents().started().stream().map(Event::getTestDescriptor)
                .map(test -> test.getUniqueId().toString())).noneMatch(id -> id.contains("nested-class:Future]"));
    }
}
