package aio.core.osgi;

import aio.core.foreign.CoreLog;
import aio.core.foreign.Text;
import aio.core.registry.Choice;
import aio.core.registry.LoopConfigurations;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.Configuration.ConfigurationAttribute;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Keeps what the operator wants in the configuration. A component of its own, so that the core lives without the
 * configuration admin.
 */
@Component(service = {ChoiceStorage.class, ConfigurationListener.class})
public final class ConfigAdminChoices implements ChoiceStorage, ConfigurationListener {
    private static final CoreLog LOG = CoreLog.POLICY;
    /** Names the file that File Install took a configuration from. */
    private static final String FILE = "felix.fileinstall.filename";
    /** Whether File Install writes changes back; the other one is its older name, with the same meaning. */
    private static final String SAVES = "felix.fileinstall.enableConfigSave";
    private static final String SAVED = "felix.fileinstall.disableConfigSave";

    private final ConfigurationAdmin admin;
    private final BundleContext context;
    private volatile @Nullable Consumer<Map<String, Object>> action;
    private volatile long highest; // change count that the component runtime has seen
    private volatile boolean anew; // whether it is another configuration than the one that the runtime has seen

    @Activate
    public ConfigAdminChoices(@Reference ConfigurationAdmin admin, BundleContext context) {
        this.admin = admin;
        this.context = context;
        this.highest = count();
    }

    private long count() {
        try {
            Configuration found = find();
            return found == null ? -1 : found.getChangeCount();
        } catch (IOException | IllegalStateException e) {
            return -1; // of an admin that goes: who reads it is told
        }
    }

    @Override
    public void onPassedOver(@Nullable Consumer<Map<String, Object>> newAction) {
        action = newAction;
    }

    /**
     * {@inheritDoc} The component runtime passes over a configuration whose change count is not higher than the last
     * one that it has seen, so over one that was deleted and made anew before it looked. It is told from here.
     */
    @Override
    public void configurationEvent(ConfigurationEvent event) {
        Consumer<Map<String, Object>> present = action;
        if (!CoreComponent.PID.equals(event.getPid())) {
            return;
        }
        try {
            Configuration found = find();
            boolean passedOver = isPassedOver(event.getType() == ConfigurationEvent.CM_DELETED, found);
            if (found != null && passedOver && present != null && !isElsewhere(found) && !isTargeted()) {
                Dictionary<String, Object> properties =
                        found.getProcessedProperties(context.getServiceReference(ChoiceStorage.class));
                if (properties != null) {
                    present.accept(FrameworkUtil.asMap(properties));
                }
            }
        } catch (IOException | InvalidSyntaxException | IllegalStateException e) { // of the admin, which goes
            LOG.log(Level.DEBUG, "policy: configuration '" + CoreComponent.PID + "' cannot be read", e);
        }
    }

    /** Does as the runtime does; events come one at a time. */
    private boolean isPassedOver(boolean deleted, @Nullable Configuration found) {
        if (found == null) {
            highest = deleted ? -1 : highest;
            anew = anew && !deleted;
            return false;
        }
        long count = found.getChangeCount();
        anew = anew || deleted || count < highest;
        if (count > highest) {
            highest = count;
            anew = false; // the runtime takes it
        }
        return anew;
    }

    /** Tells whether there is one for this bundle alone, which the runtime prefers. */
    private boolean isTargeted() throws IOException, InvalidSyntaxException {
        return admin.listConfigurations("(service.pid=" + CoreComponent.PID + "|*)") != null;
    }

    private boolean isElsewhere(Configuration found) {
        String location = found.getBundleLocation();
        return location != null && !location.startsWith("?") && !location.equals(context.getBundle().getLocation());
    }

    @Override
    public LoopConfigurations loops() {
        return new ConfigAdminLoops(admin);
    }

    @Override
    public Stored read() throws IOException {
        Configuration found = find();
        if (found == null) {
            return new Stored(-1, Choice.NONE);
        }
        if (isElsewhere(found)) {
            String location = found.getBundleLocation();
            return new Stored(found.getChangeCount(), Choice.NONE, "it is bound to the bundle at '" + location
                    + "', so no other bundle gets it: delete it there, or set its location to '?'",
                    Content.UNFIT, null);
        }
        Dictionary<String, Object> properties = found.getProperties();
        if (properties == null) {
            return new Stored(found.getChangeCount(), Choice.NONE);
        }
        Object from = properties.get(FILE);
        String file = from == null ? null : Text.ofValue(from);
        Object pin = properties.get(Choice.PIN);
        if (file != null && pin instanceof String text && isHalf(text)) {
            return new Stored(found.getChangeCount(), Choice.NONE, "its pin is '" + Text.clean(text)
                    + "', which ends within quotes, so it is half of file '" + file + "': write the whole file",
                    Content.UNFIT, file);
        }
        Choice choice = Choice.of(properties::get).choice();
        Content content = file != null && hasNoKey(properties) && isBegun(file) ? Content.EMPTY : Content.WHOLE;
        return new Stored(found.getChangeCount(), choice, obstacle(found, file), content, file);
    }

    private static boolean hasNoKey(Dictionary<String, Object> properties) {
        return Collections.list(properties.keys()).stream()
                .allMatch(key -> key.equals(FILE) || key.startsWith("service."));
    }

    /**
     * Many programs empty a file before they write it, and File Install may look just then. A configuration without a
     * key comes from such a file if that is still empty, or has a key by now; else all of it was made a comment.
     */
    private static boolean isBegun(String file) {
        Path path = path(file);
        if (path == null || !Files.exists(path)) {
            return false;
        }
        try {
            List<String> lines = Files.readAllLines(path, StandardCharsets.ISO_8859_1);
            return lines.isEmpty() || lines.stream().anyMatch(ConfigAdminChoices::isKey);
        } catch (IOException e) {
            return false; // who cannot read it cannot tell
        }
    }

    private static boolean isKey(String line) {
        String text = line.strip();
        return !text.isEmpty() && !text.startsWith("#") && !text.startsWith("!");
    }

    /** Of a file that is cut within a value with quotes File Install makes a text that begins with a quote. */
    private static boolean isHalf(String text) {
        return text.startsWith("\"") && (text.length() == 1 || !text.endsWith("\""));
    }

    private @Nullable Configuration find() throws IOException {
        try {
            Configuration[] found = admin.listConfigurations("(service.pid=" + CoreComponent.PID + ")");
            return found == null ? null : found[0];
        } catch (InvalidSyntaxException e) {
            throw new IOException("the configuration admin refuses the filter for '" + CoreComponent.PID + "'", e);
        }
    }

    private @Nullable String obstacle(Configuration found, @Nullable String file) {
        if (file != null && !isWritable(file)) {
            return "it comes from file '" + file + "', which cannot be written: change that file";
        }
        if (found.getAttributes().contains(ConfigurationAttribute.READ_ONLY)) {
            return file != null && isGone(file)
                    ? "it is read-only, and file '" + file + "', which it came from, is gone: write that file again"
                    : "it is read-only: change it where it is made";
        }
        String saves = context.getProperty(SAVES);
        saves = saves == null ? context.getProperty(SAVED) : saves;
        if (file != null && saves != null && !Boolean.parseBoolean(saves)) {
            return "it comes from file '" + file + "', and " + SAVES + " is '" + saves + "': change that file";
        }
        return null;
    }

    private static boolean isWritable(String file) {
        Path path = path(file);
        return path == null || !Files.exists(path) || Files.isWritable(path);
    }

    /** File Install writes nothing back to a file that is gone. */
    private static boolean isGone(String file) {
        Path path = path(file);
        return path != null && !Files.exists(path);
    }

    /** Returns null for a form that is not known here: the code that chose it can write it. */
    private static @Nullable Path path(String file) {
        try {
            return Path.of(URI.create(file));
        } catch (IllegalArgumentException | FileSystemNotFoundException e) {
            return null;
        }
    }

    @Override
    public @Nullable String origin(Stored stored) {
        String file = stored.file();
        if (file == null) {
            return null;
        }
        if (isGone(file)) {
            return stored.choice().equals(Choice.NONE) ? null : "has " + stored.choice().text() + " from file '" + file
                    + "', which is gone: that holds until there is a file of that name again, "
                    + (stored.obstacle() == null ? "or until policy:auto" : "and policy:auto until a restart");
        }
        if (stored.obstacle() != null) {
            return null; // it names the file
        }
        return "is configured by file '" + file + "', which policy:use writes, for every reader of that file; " + SAVES
                + "=false forbids it";
    }

    @Override
    public Stored write(Choice choice) throws IOException {
        Stored present = read();
        if (present.choice().equals(choice) || present.obstacle() != null) {
            return present;
        }
        Configuration configuration = admin.getConfiguration(CoreComponent.PID, "?");
        Dictionary<String, Object> properties = configuration.getProperties();
        if (properties == null) {
            properties = new Hashtable<>();
        }
        for (Map.Entry<String, @Nullable Object> property : choice.properties().entrySet()) {
            put(properties, property.getKey(), property.getValue());
        }
        configuration.update(properties);
        String file = present.file();
        boolean isFile = file != null && !isGone(file);
        return new Stored(configuration.getChangeCount(), choice, null, Content.WHOLE, isFile ? file : null);
    }

    private static void put(Dictionary<String, Object> properties, String key, @Nullable Object value) {
        if (value == null) {
            properties.remove(key);
        } else {
            properties.put(key, value);
        }
    }
}
