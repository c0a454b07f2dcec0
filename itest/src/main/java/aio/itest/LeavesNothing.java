package aio.itest;

import aio.loop.LoopInfo;
import aio.policy.PolicyDirectory;
import aio.policy.PolicyInfo;
import aio.policy.PolicySource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.osgi.framework.Bundle;

/**
 * Keeps the tests independent: each one starts with the default policy alone, and fails if it leaves something behind.
 */
final class LeavesNothing implements BeforeEachCallback, AfterEachCallback {
    private static final ExtensionContext.Namespace SPACE = ExtensionContext.Namespace.create(LeavesNothing.class);

    @Override
    public void beforeEach(ExtensionContext test) throws Exception {
        Await.until("only the default policy is there: " + policies(), () -> policies().equals(List.of("default")));
        test.getStore(SPACE).put("state", state());
    }

    @Override
    public void afterEach(ExtensionContext test) throws Exception {
        Object before = test.getStore(SPACE).get("state");
        PolicyDirectory directory = Framework.directory();
        List<String> left = new ArrayList<>();
        directory.pinned().ifPresent(name -> left.add("the pin '" + name + "'"));
        Framework.admin().unpin();
        directory.current()
                .filter(policy -> policy.source() != PolicySource.SERVICE)
                .ifPresent(policy -> {
                    left.add("the installed policy '" + policy.name() + "'");
                    Framework.registry().setEventLoopPolicy(null);
                });
        if (!left.isEmpty()) {
            throw new AssertionError("the test left behind " + left);
        }
        Await.until("everything is as before the test: " + before, () -> state().equals(before));
    }

    private static List<String> policies() {
        return Framework.directory().policies().stream().map(PolicyInfo::name).toList();
    }

    /** Bundles with their states, policies and loops. */
    private static List<Set<String>> state() {
        return List.of(
                Arrays.stream(Framework.context().getBundles()).map(LeavesNothing::text).collect(Collectors.toSet()),
                Set.copyOf(policies()),
                Framework.loops().loops().stream().map(LoopInfo::name).collect(Collectors.toSet()));
    }

    private static String text(Bundle bundle) {
        return bundle.getSymbolicName() + " in state " + bundle.getState();
    }
}
