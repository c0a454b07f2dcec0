package aio.core.osgi;

import java.io.IOException;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Keeps the pin in the configuration. A component of its own, so that the core lives without the configuration admin.
 */
@Component(service = PinStorage.class)
public final class ConfigAdminPins implements PinStorage {
    private final ConfigurationAdmin admin;

    @Activate
    public ConfigAdminPins(@Reference ConfigurationAdmin admin) {
        this.admin = admin;
    }

    @Override
    public Stored read() throws IOException {
        try {
            Configuration[] found = admin.listConfigurations("(service.pid=" + CoreComponent.PID + ")");
            if (found == null) {
                return new Stored(-1, null);
            }
            Dictionary<String, Object> properties = found[0].getProperties();
            Object pin = properties == null ? null : properties.get(CoreComponent.PIN);
            return new Stored(found[0].getChangeCount(), Pins.name(pin));
        } catch (InvalidSyntaxException e) {
            throw new IOException("the configuration admin refuses the filter for '" + CoreComponent.PID + "'", e);
        }
    }

    @Override
    public Stored write(@Nullable String pin) throws IOException {
        Stored present = read();
        if (Objects.equals(present.pin(), pin)) {
            return present;
        }
        Configuration configuration = admin.getConfiguration(CoreComponent.PID, "?");
        Dictionary<String, Object> properties = configuration.getProperties();
        if (properties == null) {
            properties = new Hashtable<>();
        }
        if (pin == null) {
            properties.remove(CoreComponent.PIN);
        } else {
            properties.put(CoreComponent.PIN, pin);
        }
        configuration.update(properties);
        return new Stored(configuration.getChangeCount(), pin);
    }
}
