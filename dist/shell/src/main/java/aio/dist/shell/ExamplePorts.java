package aio.dist.shell;

import java.io.IOException;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Configures the ports that the command line names, before the examples start. */
@Component(immediate = true, service = ExamplePorts.class)
public final class ExamplePorts {
    private static final Map<String, String> PIDS = Map.of(
            "aio.example.echo.port", "aio.example.echo.Echo",
            "aio.example.http.port", "aio.example.echo.HttpResponder");

    /** For the service component runtime. */
    @Activate
    public ExamplePorts(@Reference ConfigurationAdmin admin, BundleContext context) throws IOException {
        for (Map.Entry<String, String> entry : PIDS.entrySet()) {
            String port = context.getProperty(entry.getKey());
            if (port != null) {
                Configuration configuration = admin.getConfiguration(entry.getValue(), "?");
                Dictionary<String, Object> values = configuration.getProperties();
                Dictionary<String, Object> changed = values == null ? new Hashtable<>() : values;
                changed.put("port", Integer.valueOf(port));
                configuration.updateIfDifferent(changed);
            }
        }
    }
}
