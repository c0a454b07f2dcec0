package aio.core.thread;

import java.security.AccessControlContext;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.security.ProtectionDomain;

/**
 * Makes every thread of the core. Up to JDK 23 a thread remembers the protection domains, and with them the class
 * loaders, of all callers on the stack that created it; a bundle that happened to be there could then never be
 * unloaded. So the context is cut, the context class loader is the core's, and no thread-locals are inherited. Any
 * thread.
 */
public final class CoreThreads {
    private CoreThreads() {}

    /** Returns a new daemon thread, not started. */
    public static Thread newThread(String name, Runnable target) {
        return withoutContext(() -> {
            Thread thread = new Thread(null, target, name, 0, /* inheritThreadLocals= */ false);
            thread.setDaemon(true);
            thread.setContextClassLoader(CoreThreads.class.getClassLoader());
            return thread;
        });
    }

    @SuppressWarnings("removal") // no other way to cut the inherited context on JDK 17 to 23
    private static Thread withoutContext(PrivilegedAction<Thread> action) {
        AccessControlContext nobody = new AccessControlContext(new ProtectionDomain[0]);
        return AccessController.doPrivileged(action, nobody);
    }
}
