package aio.bench.echo.load;

import aio.bench.echo.Certificate;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import javax.net.ssl.SSLContext;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * The program. Its orders and replies, durations in nanoseconds:
 *
 * <pre>
 * open &lt;port> &lt;connections> &lt;bytes> [&lt;key store>]   opened &lt;until the first echo of all> &lt;errors>
 * run &lt;milliseconds> [&lt;ms between newcomers>]       ran &lt;requests> &lt;duration> &lt;p50> &lt;p99> &lt;max>
 *                                                     &lt;errors> &lt;newcomers> &lt;their p50> &lt;p99> &lt;max>
 * begin &lt;milliseconds at most>                        begun
 * end                                                 ended &lt;duration> &lt;max> &lt;errors>, of the run
 *                                                     that was begun
 * close                                               closed
 * </pre>
 */
public final class LoadMain {
    private @Nullable Load load;
    private @Nullable FutureTask<String> begun;

    private LoadMain() {}

    public static void main(String[] args) throws Exception {
        LoadMain main = new LoadMain();
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.out.println("ready");
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            System.out.println(main.obey(order.split(" ")));
        }
    }

    private String obey(String[] order) throws Exception {
        return switch (order[0]) {
            case "open" -> open(order);
            case "run" -> run(order);
            case "begin" -> begin(Duration.ofMillis(Long.parseLong(order[1])));
            case "end" -> end();
            case "close" -> close();
            default -> throw new IllegalArgumentException(
                    "order \"" + order[0] + "\" is unknown: expected open, run, begin, end or close");
        };
    }

    private String open(String[] order) throws IOException, GeneralSecurityException {
        SSLContext tls = order.length > 4 ? Certificate.context(Path.of(order[4])) : null;
        InetSocketAddress server = new InetSocketAddress("127.0.0.1", Integer.parseInt(order[1]));
        Load opened = new Load(server, Integer.parseInt(order[3]), tls);
        load = opened;
        long nanos = opened.open(Integer.parseInt(order[2]));
        return "opened " + nanos + " " + opened.errors();
    }

    private String run(String[] order) throws IOException {
        Duration newcomers = order.length > 2 ? Duration.ofMillis(Long.parseLong(order[2])) : Duration.ZERO;
        Load opened = present();
        long nanos = opened.run(Duration.ofMillis(Long.parseLong(order[1])), newcomers);
        return "ran " + opened.latencies().getTotalCount() + " " + nanos + " " + figures(opened.latencies()) + " "
                + opened.errors() + " " + opened.newcomers().getTotalCount() + " " + figures(opened.newcomers());
    }

    private String begin(Duration most) {
        Load opened = present();
        FutureTask<String> running = new FutureTask<>(() -> {
            long nanos = opened.run(most, Duration.ZERO);
            return "ended " + nanos + " " + opened.latencies().getMaxValue() + " " + opened.errors();
        });
        begun = running;
        new Thread(running, "load").start();
        return "begun";
    }

    private String end() throws Exception {
        FutureTask<String> running = begun;
        if (running == null) {
            throw new IllegalStateException("nothing was begun: expected the order \"begin\" first");
        }
        begun = null;
        present().stop();
        return running.get();
    }

    private static String figures(Histogram histogram) {
        return histogram.getValueAtPercentile(50) + " " + histogram.getValueAtPercentile(99) + " "
                + histogram.getMaxValue();
    }

    private String close() throws IOException {
        present().close();
        load = null;
        return "closed";
    }

    private Load present() {
        if (load == null) {
            throw new IllegalStateException("nothing is open: expected the order \"open\" first");
        }
        return load;
    }
}
