package aio.core.foreign;

import aio.spi.DriverFeature;
import aio.spi.IoDriverFactory;
import java.lang.System.Logger.Level;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks driver factories what they say of themselves. Drivers are called by the classes that hold them. Any thread. */
public final class DriverCalls {
    private static final CoreLog LOG = CoreLog.POLICY;

    private DriverCalls() {}

    /**
     * Returns the readable name of a driver; that of its class if the driver fails to name itself. Null is a parked
     * loop's.
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
     * Returns the name of a driver and the object that brings it, for messages: two drivers of one name or class
     * differ.
     */
    public static String textOf(@Nullable IoDriverFactory factory) {
        String name = '"' + nameOf(factory) + '"';
        return factory == null ? name : name + " (" + Text.ofInstance(factory) + ")";
    }

    /** Returns what drivers of a factory serve besides streams, listeners and connects; empty if it fails to say. */
    public static Set<DriverFeature> featuresOf(IoDriverFactory factory) {
        try {
            return toldFeatures(factory);
        } catch (Throwable failure) {
            LOG.log(Level.WARNING, "driver " + textOf(factory) + " failed to tell its features:"
                    + " it counts as one that serves streams, listeners and connects only", failure);
            return EnumSet.noneOf(DriverFeature.class);
        }
    }

    /**
     * Returns what drivers of a factory serve besides streams, listeners and connects.
     *
     * @throws RuntimeException what the factory throws; an {@link IllegalStateException} if it returns no set of
     *     features
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
