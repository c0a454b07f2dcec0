package aio.dist;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.service.url.AbstractURLStreamHandlerService;
import org.osgi.service.url.URLConstants;
import org.osgi.service.url.URLStreamHandlerService;

/**
 * The bundles in the jar. Their locations do not name the jar, so that a storage stays right when the jar is moved;
 * their content in the storage is known by its digest, so that the code of the present jar is what runs.
 */
final class Bundles {
    private static final String PROTOCOL = "aio";
    private static final String PREFIX = PROTOCOL + ":";
    private static final String DIGESTS = "aio.bundles";
    private static final Pattern PLACED = Pattern.compile("jar:.*!/bundles/([^/]+)\\.jar");

    private final BundleContext context;
    private final Path record;
    private final Properties digests = new Properties(); // as they are recorded
    private final Properties fresh = new Properties(); // to be recorded once all is started
    private final List<Bundle> toStart = new ArrayList<>();

    /** A line of the list. */
    private record Entry(boolean start, String name) {
        String location() {
            return PREFIX + name;
        }
    }

    /** Makes the bundles of a framework whose storage is {@code directory}. */
    Bundles(BundleContext context, Path directory) {
        this.context = context;
        this.record = directory.resolve(DIGESTS);
    }

    /** Makes the locations readable, so that a bundle can be updated without naming a file. */
    void publish() {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(URLConstants.URL_HANDLER_PROTOCOL, PROTOCOL);
        context.registerService(URLStreamHandlerService.class, new AbstractURLStreamHandlerService() {
            @Override
            public URLConnection openConnection(URL url) throws IOException {
                return connection(url.getPath());
            }
        }, properties);
    }

    /**
     * Installs what is missing, and updates what is older than the jar. It counts once {@link #recordStarted} is
     * called: until then each start does it again.
     */
    void install() throws BundleException, IOException {
        if (Files.exists(record)) {
            try (InputStream in = Files.newInputStream(record)) {
                digests.load(in);
            }
        }
        List<Entry> entries = list();
        List<String> started = removeOthers(entries);
        forgetAbsent(entries);
        for (Entry entry : entries) {
            boolean known = digests.containsKey(entry.location());
            Bundle bundle = install(entry);
            // of what is known, the framework remembers whether the user wants it started
            if (entry.start() && !known || started.contains(entry.name())) {
                toStart.add(bundle);
            }
        }
    }

    /** Returns the bundles to start. */
    List<Bundle> toStart() {
        return toStart;
    }

    /** Records what the storage has now. What the framework will not start by itself is started the next time. */
    void recordStarted() throws IOException {
        digests.putAll(fresh);
        for (Bundle bundle : toStart) {
            if (bundle.getState() == Bundle.UNINSTALLED
                    || !bundle.adapt(BundleStartLevel.class).isPersistentlyStarted()) {
                digests.remove(bundle.getLocation());
            }
        }
        write();
    }

    /** What was uninstalled is new again: a start that ends halfway must not leave it known and not started. */
    private void forgetAbsent(List<Entry> entries) throws IOException {
        boolean changed = false;
        for (Entry entry : entries) {
            changed |= context.getBundle(entry.location()) == null && digests.remove(entry.location()) != null;
        }
        if (changed) {
            write();
        }
    }

    /**
     * Removes what an older jar had and this one has not, and what was installed by the location of a jar, as older
     * versions did; returns the names of those that were started.
     */
    private List<String> removeOthers(List<Entry> entries) throws BundleException {
        List<String> started = new ArrayList<>();
        for (Bundle bundle : context.getBundles()) {
            String location = bundle.getLocation();
            Matcher placed = PLACED.matcher(location);
            boolean named = location.startsWith(PREFIX);
            if (named && entries.stream().noneMatch(entry -> entry.location().equals(location)) || placed.matches()) {
                if (placed.matches() && bundle.adapt(BundleStartLevel.class).isPersistentlyStarted()) {
                    started.add(placed.group(1));
                }
                digests.remove(location);
                bundle.uninstall();
            }
        }
        return started;
    }

    /** Returns a bundle with the content that the jar has; one that was there is updated if it has another. */
    private Bundle install(Entry entry) throws BundleException, IOException {
        byte[] jar;
        try (InputStream in = connection(entry.name()).getInputStream()) {
            jar = in.readAllBytes();
        }
        String digest = digest(jar);
        Bundle present = context.getBundle(entry.location());
        if (present == null) {
            present = context.installBundle(entry.location(), new ByteArrayInputStream(jar));
        } else if (!digest.equals(digests.getProperty(entry.location()))) {
            if (digests.setProperty(entry.location(), "") != null) {
                write(); // an older jar must find that it has another content, though this start ends halfway
            }
            present.update(new ByteArrayInputStream(jar));
        }
        fresh.setProperty(entry.location(), digest);
        return present;
    }

    /** Readers must never see half a file. */
    private void write() throws IOException {
        Path incoming = record.resolveSibling(DIGESTS + ".new");
        try (OutputStream out = Files.newOutputStream(incoming)) {
            digests.store(out, "what this storage has of the bundles in the jar");
        }
        Files.move(incoming, record, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static boolean isBuilt(String name) {
        return Bundles.class.getResource("/bundles/" + name + ".jar") != null;
    }

    private static URLConnection connection(String name) throws IOException {
        URL url = Bundles.class.getResource("/bundles/" + name + ".jar");
        if (url == null) {
            throw new IOException("bundle '" + name + "' is not in the jar: build it again");
        }
        URLConnection connection = url.openConnection();
        connection.setUseCaches(false); // the jar may have been replaced since
        return connection;
    }

    private static String digest(byte[] jar) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(jar));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    private List<Entry> list() throws IOException {
        try (InputStream in = Bundles.class.getResourceAsStream("bundles.list");
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split(" "))
                    .filter(words -> switch (words[0]) {
                        case "if-built" -> isBuilt(words[1]);
                        case "in-fleet" -> context.getProperty("aio.fleet.connect") != null;
                        default -> true;
                    })
                    .map(words -> new Entry(words[0].equals("start"), words[1]))
                    .toList();
        }
    }
}
