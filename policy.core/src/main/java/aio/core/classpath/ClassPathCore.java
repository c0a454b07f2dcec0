package aio.core.classpath;

import aio.core.registry.Core;
import aio.core.registry.Owners;
import java.util.List;

/**
 * The one core of a class path, made on first use. Policies are only looked up here; each is made when it is chosen.
 */
final class ClassPathCore {
    private ClassPathCore() {}

    static Core get() {
        return Holder.CORE;
    }

    private static final class Holder {
        static final Core CORE = make();

        private static Core make() {
            Core core = new Core(Owners.NONE, List::of, "the class path");
            new PolicyLoader(ClassPathCore.class.getClassLoader()).discover(core.registry()::discovered);
            return core;
        }
    }
}
