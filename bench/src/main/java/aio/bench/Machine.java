package aio.bench;

import io.netty.channel.Channel;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The machine that the figures were measured on. */
public final class Machine {
    private static final Pattern JAR = Pattern.compile("-(\\d[^/]*)\\.jar$");

    private Machine() {}

    /** Returns facts by name. */
    public static Map<String, String> describe() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("processor", processor());
        facts.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        facts.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put("jdk", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        facts.put("revision", System.getProperty("aio.bench.revision", "unknown"));
        facts.put("peers", "Netty " + version(Channel.class) + ", Vert.x " + version(Vertx.class));
        return facts;
    }

    /** The jar of a class has its version in its name. */
    private static String version(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        Matcher jar = JAR.matcher(source == null ? "" : String.valueOf(source.getLocation()));
        return jar.find() ? jar.group(1) : "unknown";
    }

    private static String processor() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name")).findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }
}
