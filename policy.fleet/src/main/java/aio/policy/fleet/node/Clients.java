package aio.policy.fleet.node;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.api.ACLProvider;
import org.apache.curator.retry.RetryOneTime;
import org.apache.zookeeper.ZooDefs;
import org.apache.zookeeper.client.ZKClientConfig;
import org.apache.zookeeper.common.ConfigException;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;

/** Makes clients of ZooKeeper. Stateless. */
final class Clients {
    private static final int CONNECT_MILLIS = 5_000;
    private static final int RETRY_MILLIS = 200;
    // of a reply, which ends the connection if it is longer: at 1 MB the candidates of an election do so from 17,477 on
    private static final String LONGEST_REPLY = Integer.toString(4 * 1024 * 1024);

    private static final String FLEETS = "/aio/";

    private Clients() {}

    /** Makes a client, which connects once it is started. */
    static CuratorFramework of(Settings settings) {
        ZKClientConfig config = config(settings.client());
        CuratorFrameworkFactory.Builder builder = CuratorFrameworkFactory.builder()
                .connectString(settings.connect())
                .sessionTimeoutMs((int) settings.session().toMillis())
                .connectionTimeoutMs(CONNECT_MILLIS)
                // what failed is done again at the next look, by what holds then
                .retryPolicy(new RetryOneTime(RETRY_MILLIS))
                .dontUseContainerParents()
                // the servers tell their own addresses and plain ports: past TLS, and the network that was configured
                .ensembleTracker(false)
                .runSafeService(notifier())
                .zkClientConfig(config);
        settings.digest().ifPresent(digest -> builder
                .authorization("digest", digest.getBytes(StandardCharsets.UTF_8))
                .aclProvider(onlyCreator()));
        return builder.build();
    }

    /** Curator's own one keeps its thread after the client is closed, until garbage is collected. */
    private static Executor notifier() {
        return new ThreadPoolExecutor(0, 1, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
            Thread thread = new Thread(work, "aio-fleet-notify");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Reads the properties of a client; without a file they are those of the system. */
    static ZKClientConfig config(Optional<Path> file) {
        try {
            ZKClientConfig config = file.isPresent() ? new ZKClientConfig(file.get()) : new ZKClientConfig();
            setUnlessThere(config, ZKClientConfig.ENABLE_CLIENT_SASL_KEY, "false");
            setUnlessThere(config, ZKClientConfig.JUTE_MAXBUFFER, LONGEST_REPLY);
            return config;
        } catch (ConfigException e) {
            throw new IllegalArgumentException("configuration aio.fleet: the file of client.config, '"
                    + file.orElseThrow() + "', cannot be read: expected properties of ZooKeeper's client", e);
        }
    }

    private static void setUnlessThere(ZKClientConfig config, String key, String value) {
        if (config.getProperty(key) == null) {
            config.setProperty(key, value);
        }
    }

    /**
     * What one with the digest has made, nobody else reads or writes. Above the fleets others make theirs: what lies
     * there is made by the first node of the first fleet.
     */
    private static ACLProvider onlyCreator() {
        return new ACLProvider() {
            @Override
            public List<ACL> getDefaultAcl() {
                // ZooKeeper asks the list whether it contains null, which some lists refuse
                return Collections.singletonList(new ACL(ZooDefs.Perms.ALL, new Id("auth", "")));
            }

            @Override
            public List<ACL> getAclForPath(String path) {
                return path.startsWith(FLEETS)
                        ? getDefaultAcl()
                        : Arrays.asList(new ACL(ZooDefs.Perms.READ | ZooDefs.Perms.CREATE, new Id("world", "anyone")),
                                getDefaultAcl().get(0));
            }
        };
    }
}
