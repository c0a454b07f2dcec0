package aio.core.osgi;

import aio.core.foreign.Text;
import aio.core.registry.LoopConfigurations;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ReadOnlyConfigurationException;

/** Deletes configurations of managed loops. */
final class ConfigAdminLoops implements LoopConfigurations {
    private final ConfigurationAdmin admin;

    ConfigAdminLoops(ConfigurationAdmin admin) {
        this.admin = admin;
    }

    @Override
    public boolean delete(String name) {
        try {
            Configuration[] found = admin.listConfigurations("(service.factoryPid=" + ManagedLoopComponent.PID + ")");
            boolean deleted = false;
            for (Configuration configuration : found == null ? new Configuration[0] : found) {
                Object given = configuration.getProperties().get("name");
                // loops are shown by names that cannot disturb a terminal
                if (Text.clean(ManagedLoopComponent.nameOf(given, configuration.getPid())).equals(name)) {
                    configuration.delete();
                    deleted = true;
                }
            }
            return deleted;
        } catch (ReadOnlyConfigurationException e) {
            throw new IllegalStateException("the configuration of loop '" + name
                    + "' is read-only: delete it where it is made", e);
        } catch (IOException e) {
            throw new UncheckedIOException("the configuration of loop '" + name + "' cannot be deleted", e);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException("the configuration admin refuses the filter for 'aio.loop'", e);
        }
    }
}
