package aio.core.foreign;

import aio.spi.IoDriverFactory;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Predicate;
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

    /** Tells whether drivers of a factory can do something; one that fails to answer cannot. */
    public static boolean can(IoDriverFactory factory, Ability ability) {
        try {
            return ability.ofFactory.test(factory);
        } catch (Throwable failure) {
            FailureLog.log(LOG, Level.WARNING, "driver " + textOf(factory) + " cannot say whether it serves "
                    + ability + ": it counts as one that does not", failure);
            return false;
        }
    }

    /** What a driver may be able to do. */
    public enum Ability {
        DATAGRAMS(IoDriverFactory::servesDatagrams),
        DESCRIPTORS(IoDriverFactory::watchesDescriptors),
        RAW_SOCKETS(IoDriverFactory::servesRawSockets);

        private final Predicate<IoDriverFactory> ofFactory;

        Ability(Predicate<IoDriverFactory> ofFactory) {
            this.ofFactory = ofFactory;
        }
    }
}
