package aio.bench.micro;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The peers that are measured by a script, where they are installed. */
final class Python {
    private final List<String> programs;
    private final Map<String, String> chosen = new HashMap<>();

    /** Of these programs a subject is run by the first one that has it. */
    Python(List<String> programs) {
        this.programs = programs;
    }

    /** Tells whether a subject is a loop of Python. */
    static boolean runs(String subject) {
        return subject.equals(Subjects.ASYNCIO) || subject.equals(Subjects.UVLOOP);
    }

    /** Tells why a subject cannot be measured, or returns the empty text. */
    String absence(String subject) {
        String program = chosen.computeIfAbsent(subject, each ->
                programs.stream().filter(candidate -> hasModule(candidate, each)).findFirst().orElse(""));
        return program.isEmpty()
                ? "none of the Pythons " + programs + " can import it: name another one with --python"
                : "";
    }

    private static boolean hasModule(String program, String module) {
        try {
            call(program, List.of("-c", "import " + module), "");
            return true;
        } catch (IOException e) {
            return false; // neither is a program that is not there
        }
    }

    /** Returns the nanoseconds of one operation. */
    double measure(String subject, Case each, double seconds) {
        try (InputStream script = Python.class.getResourceAsStream("callbacks.py")) {
            if (script == null) {
                throw new IOException("resource callbacks.py is missing");
            }
            String text = new String(script.readAllBytes(), StandardCharsets.UTF_8);
            String program = chosen.getOrDefault(subject, programs.get(0));
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
