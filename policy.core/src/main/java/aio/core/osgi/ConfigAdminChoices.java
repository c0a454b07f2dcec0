package aio.core.osgi;

import aio.core.registry.Choice;
import java.io.IOException;
import java.util.Dictionary;
import java.util.Hashtable;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Keeps what the operator wants in the configuration. A component of its own, so that the core lives without the
 * configuration admin.
 */
@Component(service = ChoiceStorage.class)
public final class ConfigAdminChoices implements ChoiceStorage {
    private final ConfigurationAdmin admin;

    @Activate
    public ConfigAdminChoices(@Reference ConfigurationAdmin admin) {
        this.admin = admin;
    }

    @Override
    public Stored read() throws IOException {
        try {
            Configuration[] found = admin.listConfigurations("(service.pid=" + CoreComponent.PID + ")");
            if (found == null) {
                return new Stored(-1, Choice.NONE);
            }
            Dictionary<String, Object> properties = found[0].getProperties();
            Choice choice = properties == null
                    ? Choice.NONE
                    : Choice.of(properties.get(Choice.PIN), properties.get(Choice.RANKS)).choice();
            return new Stored(found[0].getChangeCount(), choice);
        } catch (InvalidSyntaxException e) {
            throw new IOException("the configuration admin refuses the filter for '" + CoreComponent.PID + "'", e);
        }
    }

    @Override
    public Stored write(Choice choice) throws IOException {
        Stored present = read();
        if (present.choice().equals(choice)) {
            return present;
        }
        Configuration configuration = admin.getConfiguration(CoreComponent.PID, "?");
        Dictionary<String, Object> properties = configuration.getProperties();
        if (properties == null) {
            properties = new Hashtable<>();
        }
        put(properties, Choice.PIN, choice.pin());
        put(properties, Choice.RANKS, choice.ranks().isEmpty() ? null : choice.entries());
        configuration.update(properties);
        return new Stored(configuration.getChangeCount(), choice);
    }

    private static void put(Dictionary<String, Object> properties, String key, @Nullable Object value) {
        if (value == null) {
            properties.remove(key);
        } else {
            properties.put(key, value);
        }
    }
}
