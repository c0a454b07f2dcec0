package aio.dist.shell;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.felix.service.command.Descriptor;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** The commands of the scope {@code aio}: bundles by id or by symbolic name. Any thread. */
@Component(
        service = BundleCommands.class,
        property = {
            "osgi.command.scope=aio",
            "osgi.command.function=start",
            "osgi.command.function=stop",
            "osgi.command.function=update",
            "osgi.command.function=uninstall"
        })
public final class BundleCommands {
    private final BundleContext context;

    /** For the service component runtime. */
    @Activate
    public BundleCommands(BundleContext context) {
        this.context = context;
    }

    /** {@code aio:start BUNDLE}. */
    @Descriptor("starts a bundle")
    public void start(@Descriptor("id or symbolic name") String bundle) throws BundleException {
        find(bundle).start();
    }

    /** {@code aio:stop BUNDLE}. */
    @Descriptor("stops a bundle")
    public void stop(@Descriptor("id or symbolic name") String bundle) throws BundleException {
        find(bundle).stop();
    }

    /** {@code aio:update BUNDLE}. */
    @Descriptor("updates a bundle from where it was installed")
    public void update(@Descriptor("id or symbolic name") String bundle) throws BundleException {
        find(bundle).update();
    }

    /** {@code aio:update BUNDLE URL}. */
    @Descriptor("updates a bundle from a URL or file")
    public void update(
            @Descriptor("id or symbolic name") String bundle, @Descriptor("where the new one is") String location)
            throws BundleException, IOException {
        Bundle target = find(bundle);
        URI uri = URI.create(location);
        try (InputStream in = (uri.isAbsolute() ? uri : Path.of(location).toUri()).toURL().openStream()) {
            target.update(in);
        }
    }

    /** {@code aio:uninstall BUNDLE}. */
    @Descriptor("uninstalls a bundle")
    public void uninstall(@Descriptor("id or symbolic name") String bundle) throws BundleException {
        find(bundle).uninstall();
    }

    private Bundle find(String text) {
        Bundle[] all = context.getBundles();
        List<Bundle> named = Arrays.stream(all)
                .filter(bundle -> text.equals(bundle.getSymbolicName())
                        || text.equals(Long.toString(bundle.getBundleId())))
                .toList();
        if (named.size() > 1) {
            throw new IllegalArgumentException("several bundles '" + text + "': give the id of one of "
                    + named.stream().map(BundleCommands::labelled).collect(Collectors.joining(", ")));
        }
        if (named.isEmpty()) {
            throw new IllegalArgumentException("no bundle '" + text + "'" + similar(text, all));
        }
        if (named.get(0).getBundleId() == 0) {
            throw new IllegalArgumentException("bundle 0 is the framework: 'exit' ends it");
        }
        return named.get(0);
    }

    private static String similar(String text, Bundle[] all) {
        String close = Arrays.stream(all)
                .filter(bundle -> bundle.getSymbolicName() != null && Names.areSimilar(text, bundle.getSymbolicName()))
                .map(BundleCommands::labelled)
                .collect(Collectors.joining(", "));
        return close.isEmpty() ? "; 'lb' lists all" : "; similar: " + close;
    }

    private static String labelled(Bundle bundle) {
        return bundle.getSymbolicName() + " [" + bundle.getBundleId() + "] " + bundle.getVersion();
    }
}
