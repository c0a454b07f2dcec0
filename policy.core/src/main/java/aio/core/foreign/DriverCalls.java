package aio.core.foreign;

import aio.spi.DriverFeature;
import aio.spi.IoDriverFactory;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks driver factories what they say of themselves. Their drivers are called by whoever holds them. Any thread. */
public final class DriverCalls {
    private static final Logger LOG = System.getLogger("aio.policy");

    private DriverCalls() {}

    /**
     * Returns the name of a driver as people read it; that of its class if it cannot tell one. Null is a parked loop's.
     */
    public static String nameOf(@Nullable IoDriverFactory factory) {
        if (factory == null) {
            return "parked";
        }
        try {
            String name = factory.name();
            return name == null ? Text.ofClass(factory.getClass()) : Text.clean(name);
        } catch (Throwable failure) {
            return Text.ofClass(factory.getClass());
        }
    }

    /**
     * Returns the name of a driver and which object brings it, for messages: two of one name, or of one class, differ.
     */
    public static String textOf(@Nullable IoDriverFactory factory) {
        String name = '"' + nameOf(factory) + '"';
        return factory == null ? name : name + " (" + Text.ofInstance(factory) + ")";
    }

    /** Returns what drivers of a factory serve besides streams, listeners and connects; nothing if it fails to tell. */
    public static Set<DriverFeature> featuresOf(IoDriverFactory factory) {
        try {
            return toldFeatures(factory);
        } catch (Throwable failure) {
            FailureLog.log(LOG, Level.WARNING, "driver " + textOf(factory) + " failed to tell its features:"
                    + " it counts as one that serves streams, listeners and connects only", failure);
            return EnumSet.noneOf(DriverFeature.class);
        }
    }

    /**
     * Returns what drivers of a factory serve besides streams, listeners and connects.
     *
     * @throws RuntimeException what the factory throws; an {@link IllegalStateException} if it answers no set of them
     */
    public static Set<DriverFeature> toldFeatures(IoDriverFactory factory) {
        Set<DriverFeature> told = factory.features();
        if (told == null) {
            throw new IllegalStateException("driver factory " + textOf(factory)
                    + " returned null from features: expected a set, Set.of() for none");
        }
        Set<DriverFeature> features = EnumSet.noneOf(DriverFeature.class);
        for (DriverFeature feature : told) {
            if (feature == null) {
                throw new IllegalStateException("driver factory " + textOf(factory)
                        + " returned a set with null from features: expected features only");
            }
            features.add(feature);
        }
        return features;
    }
}
