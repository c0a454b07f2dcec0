package aio.dist.shell;

import aio.policy.PolicyAdmin;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** The first step of the container's end, if its command line asks for it. */
@Component(service = Runnable.class, property = "aio.dist=drain")
public final class Drain implements Runnable {
    private final BundleContext context;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile @Nullable PolicyAdmin admin;

    /** For the service component runtime. */
    @Activate
    public Drain(BundleContext context) {
        this.context = context;
    }

    @Override
    public void run() {
        int seconds = Integer.parseInt(
                Objects.requireNonNullElse(context.getProperty("aio.dist.drain.seconds"), "0"));
        PolicyAdmin present = admin;
        if (present != null && seconds > 0) {
            Terminal.OUT.println("aio: nothing new is accepted; open connections have " + seconds + " s");
            present.drain(Duration.ofSeconds(seconds))
                    .forEach(held -> Terminal.OUT.println(Terminal.visible("aio: closed at the end: " + held)));
        }
    }
}
