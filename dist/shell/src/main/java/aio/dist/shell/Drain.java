package aio.dist.shell;

import aio.policy.PolicyRegistry;
import java.time.Duration;
import java.util.Objects;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What the container does first when it ends, if its command line wants that. */
@Component(service = Runnable.class, property = "aio.dist=drain")
public final class Drain implements Runnable {
    private final Changes changes;
    private final BundleContext context;

    /** For the service component runtime. */
    @Activate
    public Drain(@Reference Changes changes, BundleContext context) {
        this.changes = changes;
        this.context = context;
    }

    @Override
    public void run() {
        int seconds = Integer.parseInt(
                Objects.requireNonNullElse(context.getProperty("aio.dist.drain.seconds"), "0"));
        PolicyRegistry registry = changes.registry();
        if (registry != null && seconds > 0) {
            Terminal.OUT.println("aio: nothing new is accepted; open connections have " + seconds + " s");
            registry.drain(Duration.ofSeconds(seconds))
                    .forEach(held -> Terminal.OUT.println(Terminal.visible("aio: closed at the end: " + held)));
        }
    }
}
