package aio.dist.karaf;

import aio.dist.Figures;
import aio.dist.Node;
import aio.dist.ReadOnly;
import aio.dist.Recipe;
import aio.testkit.FreePort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A Karaf with the KAR for it. */
final class KarafNode implements Node {
    private static final String FEATURES = "aio-winselector aio-winproactor aio-metrics aio-example";

    private final String name;
    private final KarafProcess karaf;
    private final int metricsPort;
    private final KarafShell admin;

    private KarafNode(String name, KarafProcess karaf, int metricsPort) {
        this.name = name;
        this.karaf = karaf;
        this.metricsPort = metricsPort;
        admin = new KarafShell(karaf.sshPort(), "admin");
    }

    /**
     * Starts one, which has no more than the KAR brings by itself.
     *
     * @param home where; it is empty
     * @param prefix what to write before the command that starts it, see {@link ReadOnly}
     * @param watch the file that names the folder of the fleet
     */
    static KarafNode start(Path home, List<String> prefix, String watch) throws IOException {
        int metricsPort = FreePort.find();
        Map<String, String> etc = new HashMap<>();
        etc.put(Recipe.WATCH, watch);
        etc.put("aio.policy.metrics.cfg", "port = " + metricsPort + "\n");
        if (prefix.isEmpty()) {
            etc.put("custom.properties", ReadOnly.SAVES + " = false\n");
        }
        return new KarafNode(home.getFileName().toString(), KarafProcess.start(home, prefix, etc), metricsPort);
    }

    /** Waits until it has started; installs the policies, the example and the figures. */
    void install() throws IOException {
        karaf.await(admin, "policy:current; loop:list");
        admin.succeed("feature:install " + FEATURES);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public InetSocketAddress echo() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), karaf.echoPort());
    }

    @Override
    public Figures figures() throws IOException {
        return Figures.of(metricsPort);
    }

    @Override
    public String ask(String command) throws IOException {
        int begin = log().length();
        String shown = admin.run(command).text();
        return shown + log().substring(begin);
    }

    @Override
    public String log() throws IOException {
        return Files.readString(karaf.logFile(), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void signal(String signal) throws Exception {
        karaf.signal(signal);
    }

    @Override
    public KarafNode again() throws Exception {
        karaf.restart();
        return new KarafNode(name, karaf, metricsPort);
    }

    @Override
    public void close() throws Exception {
        try (KarafProcess ended = karaf) {
            admin.close();
        }
    }
}
