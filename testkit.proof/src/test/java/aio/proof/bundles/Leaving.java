package aio.proof.bundles;

import aio.driver.selector.SelectorDriverFactory;
import aio.policy.AbstractEventLoopPolicy;
import aio.policy.EventLoopPolicy;
import aio.policy.LoopFactory;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.concurrent.CountDownLatch;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/**
 * Activators of bundles with a policy, each of which leaves something behind when it stops. What is left, and the end
 * of it, lie among the system's properties: they belong to no bundle, and {@link LifeIT} finds them.
 */
public class Leaving implements BundleActivator {
    static final String KEY = "aio.proof.left.";

    @Override
    public final void start(BundleContext context) {
        LoopFactory loops = context.getService(context.getServiceReference(LoopFactory.class));
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put("aio.policy.name", "leaving");
        properties.put("service.ranking", 200);
        context.registerService(EventLoopPolicy.class, new Policy(loops), properties);
    }

    @Override
    public final void stop(BundleContext context) throws Exception {
        leave(KEY + System.nanoTime());
    }

    /** Leaves nothing. */
    void leave(String key) throws Exception {}

    /** Its policy. */
    private static final class Policy extends AbstractEventLoopPolicy {
        Policy(LoopFactory loops) {
            super(loops, new SelectorDriverFactory());
        }
    }

    /** Leaves a thread. */
    public static final class AThread extends Leaving {
        @Override
        void leave(String key) {
            CountDownLatch end = new CountDownLatch(1);
            System.getProperties().put(key, end);
            Thread thread = new Thread(() -> {
                try {
                    end.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }, "left by a bundle");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Leaves an open file. */
    public static final class ADescriptor extends Leaving {
        @Override
        void leave(String key) throws Exception {
            System.getProperties().put(key, FileChannel.open(Path.of("pom.xml")));
        }
    }

    /** Leaves an object of its own where others hold it. */
    public static final class AnObject extends Leaving {
        @Override
        void leave(String key) {
            System.getProperties().put(key, this);
        }
    }
}
