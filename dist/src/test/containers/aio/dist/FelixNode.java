package aio.dist;

import aio.testkit.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;

/** A Felix with what docs/install.md names for it. */
public final class FelixNode implements Node {
    private final String name;
    private final PlainFelix felix;
    private final List<String> prefix;
    private final RunningContainer container;
    private final int metricsPort = FreePort.find();

    private FelixNode(String name, PlainFelix felix, List<String> prefix) throws IOException {
        this.name = name;
        this.felix = felix;
        this.prefix = prefix;
        container = felix.start(prefix);
        felix.dropText("aio.example.echo.Echo.cfg", "port = " + container.echoPort() + "\n");
        felix.dropText("aio.policy.metrics.cfg", "port = " + metricsPort + "\n");
    }

    /**
     * Starts one.
     *
     * @param home where; there is no such folder yet
     * @param prefix what to write before the command that starts it, see {@link ReadOnly}
     * @param watch the file that names the folder of the fleet
     */
    public static FelixNode start(Path home, List<String> prefix, String watch) throws Exception {
        String name = home.getFileName().toString();
        PlainFelix felix = PlainFelix.in(home);
        if (prefix.isEmpty()) {
            felix.set(ReadOnly.SAVES, "false");
        }
        FelixNode node = new FelixNode(name, felix, prefix);
        felix.dropText("aio.example.echo.HttpResponder.cfg", "port = 0\n");
        felix.dropText(Recipe.WATCH, watch);
        felix.dropNamed();
        for (String more : List.of("policy-winselector", "policy-winproactor", "policy-metrics", "example-echo")) {
            felix.dropBundle("aio-" + more);
        }
        return node;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public InetSocketAddress echo() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), container.echoPort());
    }

    @Override
    public Figures figures() throws IOException {
        return Figures.of(metricsPort);
    }

    @Override
    public String ask(String command) throws Exception {
        return container.ask(command);
    }

    @Override
    public String log() {
        return String.join("\n", container.output());
    }

    @Override
    public void signal(String signal) throws Exception {
        container.signal(signal);
    }

    @Override
    public FelixNode again() throws IOException {
        return new FelixNode(name, felix, prefix);
    }

    @Override
    public void close() throws Exception {
        container.close();
    }
}
