package aio.dist.shell;

import aio.policy.Installation;
import aio.policy.PolicyChange;
import aio.policy.PolicyDirectory;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * Prints every change of the policy, whatever its cause, between the greeting and the end. Any thread. It is no
 * component of the core's, so that the session stays when the core is updated.
 */
@Component(service = Changes.class)
public final class Changes {
    private final Bundle framework;
    private volatile @Nullable PolicyDirectory directory;
    private @Nullable Installation listening;
    private volatile boolean talkative;
    private volatile @Nullable PolicyChange last;

    /** For the service component runtime. */
    @Activate
    public Changes(BundleContext context) {
        framework = context.getBundle(0);
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    synchronized void bind(PolicyDirectory present) {
        directory = present;
        listening = present.addListener(this::changed);
    }

    synchronized void unbind(PolicyDirectory gone) {
        if (directory == gone) {
            directory = null;
            Installation ending = listening;
            listening = null;
            if (ending != null) {
                ending.close();
            }
        }
    }

    private void changed(PolicyChange change) {
        // the departures at the end are not worth a line
        if (talkative && isUp()) {
            last = change;
            Terminal.OUT.println(Terminal.visible("policy: " + change.summary()));
        }
    }

    /** Tells whether the framework runs and is not ending. */
    boolean isUp() {
        return framework.getState() == Bundle.ACTIVE;
    }

    void startTalking() {
        talkative = true;
    }

    void stopTalking() {
        talkative = false;
    }

    /** Returns the service that shows the policies, or null if there is no core. */
    @Nullable PolicyDirectory directory() {
        return directory;
    }

    /** Tells whether a result of a command is the change that was printed last. */
    boolean isPrinted(Object result) {
        PolicyChange printed = last;
        return printed != null
                && result instanceof PolicyChange change
                && change.number() == printed.number()
                && change.when().equals(printed.when());
    }
}
