package aio.bench.process;

import aio.bench.Options;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where all commands look for Python: the first program that can import what is needed is taken. */
public final class Pythons {
    private static final String PLACES = "bench/python/bin/python,python3,/usr/bin/python3";

    private final List<String> programs;
    private final Map<String, Optional<String>> found = new HashMap<>();

    /** Takes the programs that {@code --python} names, else the usual ones. */
    public Pythons(Options options) {
        programs = options.list("python", PLACES);
    }

    /** Returns the program that can import a module. */
    public Optional<String> with(String module) {
        return found.computeIfAbsent(module, each ->
                programs.stream().filter(program -> canImport(program, each)).findFirst());
    }

    /** Returns the message for the case that there is none. */
    public String absence(String module) {
        return "none of the Pythons " + programs + " can import " + module
                + ": name another one with --python, or make one"
                + " (python3 -m venv bench/python; bench/python/bin/pip install " + module + ")";
    }

    private static boolean canImport(String program, String module) {
        try {
            Process process = new ProcessBuilder(program, "-c", "import " + module).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            boolean success = process.waitFor() == 0;
            if (!success) {
                System.err.println(program + " -c 'import " + module + "': " + said);
            }
            return success;
        } catch (IOException e) { // there is no such program
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while \"" + program + "\" was asked for " + module, e);
        }
    }
}
