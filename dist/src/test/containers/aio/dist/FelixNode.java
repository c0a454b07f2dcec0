package aio.dist;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;

/** A Felix with what the README names for it. */
public final class FelixNode implements Node {
    private final String name;
    private final PlainFelix felix;
    private final RunningContainer container;
    private final int metricsPort = RunningContainer.freePort();

    private FelixNode(String name, PlainFelix felix, RunningContainer container) {
        this.name = name;
        this.felix = felix;
        this.container = container;
    }

    /**
     * Starts one.
     *
     * @param home where; there is no such folder yet
     * @param prefix what to write before the command that starts it
     * @param watch the file that names the folder of the fleet
     */
    public static FelixNode start(Path home, List<String> prefix, String watch) throws Exception {
        String name = home.getFileName().toString();
        PlainFelix felix = PlainFelix.in(home);
        FelixNode node = start(name, felix, prefix);
        felix.dropText("aio.example.echo.HttpResponder.cfg", "port = 0\n");
        felix.dropText(Recipe.WATCH, watch);
        felix.dropNamed();
        for (String more : List.of("policy-winselector", "policy-winproactor", "policy-metrics", "example-echo")) {
            felix.dropBundle("aio-" + more);
        }
        return node;
    }

    private static FelixNode start(String name, PlainFelix felix, List<String> prefix) throws IOException {
        FelixNode node = new FelixNode(name, felix, felix.start(prefix));
        felix.dropText("aio.example.echo.Echo.cfg", "port = " + node.container.echoPort() + "\n");
        felix.dropText("aio.policy.metrics.cfg", "port = " + node.metricsPort + "\n");
        return node;
    }

    /** Starts one in the place of this one, which has ended, with all that it has kept. */
    public FelixNode again() throws IOException {
        return start(name, felix, List.of());
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
    public void close() throws Exception {
        container.close();
    }
}
