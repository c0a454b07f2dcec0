package aio.bench.micro;

import aio.bench.process.Pythons;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The peers that are measured by a script, where they are installed. */
final class Python {
    private final Pythons pythons;

    Python(Pythons pythons) {
        this.pythons = pythons;
    }

    /** Tells whether a subject is a loop of Python. */
    static boolean runs(String subject) {
        return subject.equals(Subjects.ASYNCIO) || subject.equals(Subjects.UVLOOP);
    }

    /** Tells why a subject cannot be measured, or returns the empty text. */
    String absence(String subject) {
        return pythons.with(subject).isPresent() ? "" : pythons.absence(subject);
    }

    /** Returns the nanoseconds of one operation. */
    double measure(String subject, Case each, double seconds) {
        try (InputStream script = Python.class.getResourceAsStream("callbacks.py")) {
            if (script == null) {
                throw new IOException("resource callbacks.py is missing");
            }
            String text = new String(script.readAllBytes(), StandardCharsets.UTF_8);
            String program = pythons.with(subject).orElseThrow(() -> new IOException(pythons.absence(subject)));
            List<String> arguments = List.of("-", subject, each.name(), Double.toString(seconds));
            return Double.parseDouble(call(program, arguments, text).strip());
        } catch (IOException e) {
            throw new UncheckedIOException("case \"" + each.name() + "\", subject \"" + subject + "\"", e);
        }
    }

    private static String call(String program, List<String> arguments, String input) throws IOException {
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var stdin = process.outputWriter()) {
            stdin.write(input);
        }
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(program + " failed: " + answer.strip());
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw new IOException("interrupted while waiting for " + program, e);
        }
        return answer;
    }
}
