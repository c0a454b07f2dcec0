package aio.bench.swap;

import aio.bench.Options;
import aio.bench.Results;
import aio.bench.Samples;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.ServiceReference;

/**
 * How long the stop of the bundle of the current policy takes until the default is the policy, and until it returns.
 */
final class BundleStop {
    private static final String MICROS = "us";

    private BundleStop() {}

    static void run(Results results, Options options) throws Exception {
        int rounds = options.number("rounds", 10);
        int stops = options.number("stops", 30);
        int connections = options.number("bundle-connections", 100);
        List<Subject> subjects = new ArrayList<>();
        try {
            subjects.add(Subject.aio("aio", 0));
            subjects.add(Subject.aio("aio (A/A)", 0));
            subjects.add(Subject.aio("aio", connections));
            subjects.add(Subject.aio("aio (A/A)", connections));
            subjects.add(Subject.rebinding("DS"));
            for (int round = 0; round <= rounds; round++) {
                for (Subject subject : subjects) {
                    subject.measure(stops);
                    if (round > 0) {
                        subject.write(results, round);
                    }
                }
                Collections.rotate(subjects, 1);
            }
        } finally {
            for (Subject subject : subjects) {
                subject.close();
            }
        }
    }

    /** One framework, and the code in it that is asked for the policy. */
    private static final class Subject implements AutoCloseable {
        private final String name;
        private final String what;
        private final Container container;
        private final @Nullable Supplier<Object> rebinding;
        private final Bundle bundle;
        private final List<SocketChannel> clients = new ArrayList<>();
        private final Samples starts = new Samples();
        private final Samples seen = new Samples();
        private final Samples returned = new Samples();
        private final Samples exchanges = new Samples();
        private final Samples pauses = new Samples();

        private Subject(String name, String what, Container container, @Nullable Supplier<Object> rebinding)
                throws Exception {
            this.name = name;
            this.what = what;
            this.container = container;
            this.rebinding = rebinding;
            container.start("aio-policy-default");
            bundle = container.start("aio-policy-winselector");
        }

        static Subject aio(String name, int connections) throws Exception {
            Container container = Container.open(false);
            container.start("aio-policy-core");
            container.ask("listen to changes");
            String what = connections == 0 ? "bundle stop" : "bundle stop with " + connections + " connections";
            Subject subject = new Subject(name, what, container, null);
            subject.connect(connections);
            return subject;
        }

        @SuppressWarnings("unchecked") // see its description
        static Subject rebinding(String name) throws Exception {
            Container container = Container.open(true);
            container.ask("loop factory");
            ServiceReference<?> reference = container.context().getServiceReferences(
                    Supplier.class, "(component.name=rebinding)").iterator().next();
            return new Subject(name, "bundle stop", container,
                    (Supplier<Object>) container.context().getService(reference));
        }

        private void connect(int connections) throws Exception {
            if (connections == 0) {
                return;
            }
            int port = (Integer) container.ask("port");
            for (int i = 0; i < connections; i++) {
                clients.add(SocketChannel.open(new InetSocketAddress("127.0.0.1", port)));
            }
            while ((Integer) container.ask("connections") < connections) {
                Thread.onSpinWait();
            }
        }

        void measure(int times) throws Exception {
            List.of(starts, seen, returned, exchanges, pauses).forEach(Samples::clear);
            for (int i = 0; i < times; i++) {
                long start = System.nanoTime();
                bundle.stop();
                returned.add(System.nanoTime() - start);
                seen.add(changed() - start);
                long begin = System.nanoTime();
                bundle.start();
                starts.add(System.nanoTime() - begin);
            }
        }

        /**
         * Returns when code in the framework was told that the default is the policy: a listener, or a component.
         */
        private long changed() {
            if (rebinding != null) {
                return (Long) rebinding.get();
            }
            Object[] change = (Object[]) container.ask("last change");
            if (!change[0].equals("default") || (Integer) change[3] != clients.size() || (Integer) change[4] != 0) {
                throw new IllegalStateException(name + ": the change was to \"" + change[0] + "\" and kept " + change[3]
                        + " connections, expected \"default\" and " + clients.size());
            }
            exchanges.add((Long) change[1]);
            pauses.add((Long) change[2]);
            return (Long) change[5];
        }

        void write(Results results, int round) {
            results.add("swap", what, name, round, "current", seen.micros(0.5), MICROS);
            results.add("swap", what, name, round, "stop", returned.micros(0.5), MICROS);
            results.add("swap", what, name, round, "start", starts.micros(0.5), MICROS);
            if (rebinding == null) {
                results.add("swap", what, name, round, "exchange", exchanges.micros(0.5), MICROS);
                results.add("swap", what, name, round, "pause", pauses.micros(1), MICROS);
            }
        }

        @Override
        public void close() throws Exception {
            for (SocketChannel client : clients) {
                client.close();
            }
            container.close();
        }
    }
}
