package aio.policy.fleet.node;

import aio.testkit.FreePort;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.curator.test.InstanceSpec;
import org.apache.curator.test.QuorumConfigBuilder;
import org.apache.curator.test.TestingZooKeeperServer;

/**
 * Three servers of ZooKeeper, 0 to 2, and two sites with clients. Whatever goes from one to another, servers among
 * themselves included, goes through a network of its own, so that the ensemble can be split.
 */
final class Ensemble implements AutoCloseable {
    static final int SIZE = 3;
    private static final int TICK_MILLIS = 250;
    private static final int SITES = 2;

    private final List<InstanceSpec> specs = new ArrayList<>();
    private final List<TestingZooKeeperServer> servers = new ArrayList<>();
    private final List<List<Proxy>> sites = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();

    /** What goes from one server to another. */
    private record Link(int from, int to, Proxy proxy) {}

    Ensemble() throws Exception {
        for (int server = 0; server < SIZE; server++) {
            specs.add(new InstanceSpec(null, FreePort.find(), FreePort.find(), FreePort.find(), true, server + 1,
                    TICK_MILLIS, -1));
        }
        for (int server = 0; server < SIZE; server++) {
            servers.add(new TestingZooKeeperServer(new QuorumConfigBuilder(seenBy(server)), server));
        }
        for (int site = 0; site < SITES; site++) {
            List<Proxy> proxies = new ArrayList<>();
            for (InstanceSpec spec : specs) {
                proxies.add(new Proxy(spec.getPort(), false));
            }
            sites.add(proxies);
        }
    }

    /** Each server knows its own ports, and those of its networks to the others. */
    private List<InstanceSpec> seenBy(int server) throws IOException {
        List<InstanceSpec> seen = new ArrayList<>();
        for (int other = 0; other < SIZE; other++) {
            InstanceSpec spec = specs.get(other);
            if (other == server) {
                seen.add(spec);
            } else {
                Proxy election = new Proxy(spec.getElectionPort(), true);
                Proxy data = new Proxy(spec.getQuorumPort(), false);
                links.add(new Link(server, other, election));
                links.add(new Link(server, other, data));
                seen.add(new InstanceSpec(spec.getDataDirectory(), spec.getPort(), election.port(), data.port(), true,
                        spec.getServerId(), TICK_MILLIS, -1));
            }
        }
        return seen;
    }

    /** Starts all of them, at once: one alone would wait for the others. */
    void start() throws Exception {
        List<Thread> threads = new ArrayList<>();
        for (TestingZooKeeperServer server : servers) {
            Thread thread = new Thread(() -> {
                try {
                    server.start();
                } catch (Exception e) {
                    throw new IllegalStateException("a server does not start", e);
                }
            }, "server");
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /** Returns where the clients of a site find the servers. */
    String connect(int site) {
        return sites.get(site).stream().map(Proxy::connect).collect(Collectors.joining(","));
    }

    /** Splits it: the servers of the first site, and all others, with the clients of the second one. */
    void split(Set<Integer> first) {
        links.stream().filter(each -> first.contains(each.from()) != first.contains(each.to()))
                .forEach(each -> each.proxy().cut());
        IntStream.range(0, SIZE).forEach(server -> sites.get(first.contains(server) ? 1 : 0).get(server).cut());
    }

    void heal() {
        links.forEach(each -> each.proxy().heal());
        sites.forEach(site -> site.forEach(Proxy::heal));
    }

    /** Returns the server that leads the others, and waits for one. */
    int leader() throws Exception {
        TestFleet.await("a leader", () -> find("leader") >= 0);
        return find("leader");
    }

    private int find(String mode) throws IOException {
        for (int server = 0; server < SIZE; server++) {
            try (Socket socket = new Socket("127.0.0.1", specs.get(server).getPort())) {
                socket.getOutputStream().write("srvr".getBytes(StandardCharsets.US_ASCII));
                String told = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                if (told.contains("Mode: " + mode)) {
                    return server;
                }
            } catch (ConnectException e) {
                continue; // killed
            }
        }
        return -1;
    }

    void kill(int server) {
        servers.get(server).kill();
    }

    void restart(int server) throws Exception {
        servers.get(server).restart();
    }

    @Override
    public void close() throws IOException {
        for (TestingZooKeeperServer server : servers) {
            server.close();
        }
        for (Link link : links) {
            link.proxy().close();
        }
        for (List<Proxy> site : sites) {
            for (Proxy proxy : site) {
                proxy.close();
            }
        }
    }
}
