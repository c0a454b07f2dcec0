package aio.core.classpath;

import aio.core.foreign.CoreLog;
import aio.core.foreign.Text;
import aio.core.registry.Candidate;
import aio.core.registry.Description;
import aio.policy.EventLoopPolicy;
import java.lang.System.Logger.Level;
import java.util.Iterator;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/** Finds the policies of a class path, without making one. */
final class PolicyLoader {
    private static final CoreLog LOG = CoreLog.POLICY;

    /** The loader's iterator continues after a broken entry, but must not be trusted to do so for ever. */
    private static final int MOST_BROKEN_ENTRIES = 1000;

    private final ServiceLoader<EventLoopPolicy> loader;
    private int found;
    private int broken;

    PolicyLoader(ClassLoader classLoader) {
        loader = ServiceLoader.load(EventLoopPolicy.class, classLoader);
    }

    /** Hands over all candidates; those that cannot even be loaded are refused with the reason. */
    void discover(Consumer<Candidate> registry) {
        Iterator<ServiceLoader.Provider<EventLoopPolicy>> providers = loader.stream().iterator();
        while (broken < MOST_BROKEN_ENTRIES) {
            try {
                if (!providers.hasNext()) {
                    return;
                }
                ServiceLoader.Provider<EventLoopPolicy> provider = providers.next();
                Description description = Description.ofClass(provider.type(), /* ranked= */ true);
                registry.accept(Candidate.ofClassPath(
                        found++, description, provider::get, Text.ofClass(provider.type())));
            } catch (ServiceConfigurationError | LinkageError e) { // the latter for the class files of a newer Java
                broken++;
                LOG.log(Level.WARNING, "policy: a policy of the class path is refused, the others continue", e);
                Description description = new Description("unloadable-" + broken, Integer.MIN_VALUE, null, "");
                Candidate unloadable = Candidate.ofClassPath(found++, description, () -> null, "class path");
                registry.accept(unloadable.refused(Text.ofMessage(e)
                        + "; mend META-INF/services/aio.policy.EventLoopPolicy or the class path"));
            }
        }
    }
}
