package aio.bench.memory;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The live objects in the heap of a JVM, by class, after a full collection: as its {@code jcmd} counts them. */
record ClassHistogram(Map<String, Long> bytes) {

    /** Collects the garbage of a process and counts. */
    static ClassHistogram of(long pid) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        if (!Files.isExecutable(jcmd)) {
            throw new IOException("no \"" + jcmd + "\": run this with a JDK, a run-time image cannot count its heap");
        }
        Process process = new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.class_histogram")
                .redirectErrorStream(true).start();
        Map<String, Long> bytes = new LinkedHashMap<>();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] words = line.strip().split("\\s+");
                if (words.length >= 4 && words[0].endsWith(":") && Character.isDigit(words[0].charAt(0))) {
                    // a class of several loaders has several lines
                    bytes.merge(words[3], Long.parseLong(words[2]), Long::sum);
                }
            }
        }
        if (process.waitFor() != 0 || bytes.isEmpty()) {
            throw new IOException("jcmd could not count the heap of process " + pid + ", its exit code is "
                    + process.exitValue());
        }
        return new ClassHistogram(bytes);
    }

    long total() {
        return bytes.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Returns the increase since {@code before}, by class, the largest first. */
    Map<String, Long> since(ClassHistogram before) {
        Map<String, Long> grown = new LinkedHashMap<>();
        bytes.entrySet().stream()
                .map(entry -> Map.entry(entry.getKey(),
                        entry.getValue() - before.bytes.getOrDefault(entry.getKey(), 0L)))
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .forEach(entry -> grown.put(entry.getKey(), entry.getValue()));
        return grown;
    }
}
