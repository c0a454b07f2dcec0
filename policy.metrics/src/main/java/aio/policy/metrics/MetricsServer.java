package aio.policy.metrics;

import aio.loop.LoopDirectory;
import aio.policy.PolicyDirectory;
import aio.policy.console.log.SafeLog;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Answers {@code GET /metrics} by the JDK's own server, on threads of its own and on none of the loops that it tells
 * of: one that is held up must be seen.
 */
@Component(service = {}, configurationPid = MetricsServer.PID)
@Designate(ocd = MetricsServer.Config.class)
public final class MetricsServer {
    static final String PID = "aio.policy.metrics";

    private static final SafeLog LOG = SafeLog.POLICY;
    private static final String CHANGE = "; change host or port in the configuration " + PID;
    private static final String PATH = "/metrics";
    private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";
    private static final int HIGHEST_PORT = 65535;
    /** More than one, since a client that says nothing holds up a thread. */
    private static final int THREADS = 4;
    private static final int IDLE_SECONDS = 10;

    private final PolicyDirectory policies;
    private final LoopDirectory loops;
    private final HttpServer server;
    private final ThreadPoolExecutor threads;

    /** Where it listens. */
    @ObjectClassDefinition(name = "aio metrics", description = "Figures of policies and loops for Prometheus")
    public @interface Config {
        /** Returns the address. */
        @AttributeDefinition(name = "Host", description = "Name or address to listen on", required = false)
        String host() default "127.0.0.1";

        /** Returns the port. */
        @AttributeDefinition(
                name = "Port",
                description = "TCP port, 0 for a free one",
                min = "0",
                max = "65535",
                required = false)
        int port() default 9464;
    }

    /** Listens. */
    @Activate
    public MetricsServer(@Reference PolicyDirectory policies, @Reference LoopDirectory loops, Config config)
            throws IOException {
        this(policies, loops, config, MetricsServer::thread);
    }

    /** Makes one for tests, with threads that fail. */
    MetricsServer(PolicyDirectory policies, LoopDirectory loops, Config config, ThreadFactory factory)
            throws IOException {
        checkPort(config.port());
        this.policies = policies;
        this.loops = loops;
        threads = new ThreadPoolExecutor(THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
                factory);
        threads.allowCoreThreadTimeOut(true);
        server = HttpServer.create(); // it starts a thread: a server that has an address already would keep it
        boolean started = false;
        try {
            server.createContext(PATH, this::answer);
            server.setExecutor(work -> execute(threads, work));
            requireThread(factory);
            listen(server, config.host(), config.port());
            server.start();
            started = true;
        } finally {
            if (!started) {
                server.stop(0);
            }
        }
        LOG.log(Level.INFO, "metrics are served on http://" + config.host() + ":" + port() + PATH);
    }

    /** A server that has an address and finds no thread to start keeps its port, even if it is stopped. */
    private static void requireThread(ThreadFactory factory) {
        Thread spare = factory.newThread(() -> {});
        spare.start();
        try {
            spare.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void checkPort(int port) {
        if (port < 0 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException("metrics are not served: port is " + port + ", expected a number from 0"
                    + " to " + HIGHEST_PORT + CHANGE);
        }
    }

    private static void listen(HttpServer server, String host, int port) throws IOException {
        try {
            server.bind(new InetSocketAddress(host, port), 0);
        } catch (IOException e) {
            throw new IOException("metrics are not served: nothing can listen on " + host + ":" + port + ": "
                    + e.getMessage() + CHANGE, e);
        }
    }

    private static Thread thread(Runnable work) {
        Thread made = new Thread(work, "aio-metrics");
        made.setDaemon(true);
        return made;
    }

    /** If the system has no thread left, the server's own does the work: it would end by the failure, for good. */
    static void execute(Executor threads, Runnable work) {
        try {
            threads.execute(work);
        } catch (OutOfMemoryError noThread) {
            LOG.log(Level.DEBUG, "a request for metrics is served on the thread of the server", noThread);
            work.run();
        }
    }

    /** Listens no more. */
    @Deactivate
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    int port() {
        return server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            if (!method.equals("GET") && !method.equals("HEAD")) {
                exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                exchange.sendResponseHeaders(405, -1);
            } else if (!exchange.getRequestURI().getPath().equals(PATH)) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                byte[] text = text().getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", TYPE);
                boolean body = method.equals("GET");
                exchange.sendResponseHeaders(200, body ? text.length : -1);
                if (body) {
                    exchange.getResponseBody().write(text);
                }
            }
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "metrics could not be made; the request gets no response", e);
        }
    }

    private String text() {
        return new Exposition().loops(loops.loops()).statistics(loops.statistics())
                .policies(policies.policies(), policies.history()).loads(loops.loads()).toString();
    }
}
