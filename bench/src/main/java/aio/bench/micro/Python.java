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
    private final String program;
    private final Map<String, String> absences = new HashMap<>();

    Python(String program) {
        this.program = program;
    }

    /** Tells whether a subject is a loop of Python. */
    static boolean runs(String subject) {
        return subject.equals(Subjects.ASYNCIO) || subject.equals(Subjects.UVLOOP);
    }

    /** Tells why a subject cannot be measured, or returns the empty text. */
    String absence(String subject) {
        return absences.computeIfAbsent(subject, each -> {
            try {
                call(List.of("-c", "import " + each), "");
                return "";
            } catch (IOException e) {
                return e.getMessage();
            }
        });
    }

    /** Returns the nanoseconds of one operation. */
    double measure(String subject, Case each, double seconds) {
        try (InputStream script = Python.class.getResourceAsStream("callbacks.py")) {
            if (script == null) {
                throw new IOException("resource callbacks.py is missing");
            }
            String text = new String(script.readAllBytes(), StandardCharsets.UTF_8);
            return Double.parseDouble(call(List.of("-", subject, each.name(), Double.toString(seconds)), text).strip());
        } catch (IOException e) {
            throw new UncheckedIOException("case \"" + each.name() + "\", subject \"" + subject + "\"", e);
        }
    }

    private String call(List<String> arguments, String input) throws IOException {
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
