package aio.bench;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The file that a command writes while it measures: a heading that names the command, the machine and the JDK, then one
 * line for each figure, {@code table,case,subject,round,metric,value,unit}. Nothing is averaged here.
 */
public final class Results implements AutoCloseable {
    private final String command;
    private final String name;
    private final PrintWriter out;

    /**
     * Opens {@code <directory>/<table>.csv}; the directory is {@code --results}, else {@code bench/results}. With
     * {@code --table} the table has that name, such as {@code lookup-jdk25} for the figures of another JDK.
     */
    public Results(String table, Options options) {
        command = table;
        name = options.text("table", table);
        Path directory = Path.of(options.text("results", "bench/results"));
        try {
            Files.createDirectories(directory);
            out = new PrintWriter(Files.newBufferedWriter(directory.resolve(name + ".csv")));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the results of \"" + name + "\" to " + directory, e);
        }
        Machine.describe().forEach((name, value) -> out.println("# " + name + ": " + value));
        out.println("# command: bench/run " + table + options);
        out.println("table,case,subject,round,metric,value,unit");
        out.flush();
    }

    /** Writes a further circumstance of the measurement, as a line of the heading. */
    public synchronized void note(String fact, String value) {
        out.println("# " + fact + ": " + value);
        out.flush();
    }

    /** Writes one figure; it is also printed. */
    public synchronized void add(String table, String what, String subject, int round, String metric, double value,
            String unit) {
        String line = String.format(Locale.ROOT, "%s,%s,%s,%d,%s,%s,%s", table.equals(command) ? name : table, what,
                subject, round, metric, number(value), unit);
        out.println(line);
        out.flush();
        System.out.println(line);
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : String.format(Locale.ROOT, "%.6g", value);
    }

    @Override
    public void close() {
        out.close();
    }
}
