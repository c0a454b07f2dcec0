package aio.dist.shell;

import aio.policy.PolicyDirectory;
import aio.policy.PolicyInfo;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.felix.service.command.CommandProcessor;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Runs the commands of the command line, of a pipe or of the terminal, on the calling thread, and returns the exit
 * code, 0 if all of them worked; or null, if the container is to serve until it is ended from outside.
 */
@Component(service = Callable.class, property = "aio.dist=session")
public final class Session implements Callable<@Nullable Integer> {
    private static final String DEFAULT_HTTP_PORT = "8080";
    private static final String CLOSED = "CLOSED";

    private final CommandProcessor processor;
    private final Changes changes;
    private final Components components;
    private final BundleContext context;
    private int failures;
    private boolean commanded;

    /** For the service component runtime. */
    @Activate
    public Session(
            @Reference CommandProcessor processor,
            @Reference Changes changes,
            @Reference Components components,
            BundleContext context) {
        this.processor = processor;
        this.changes = changes;
        this.components = components;
        this.context = context;
    }

    @Override
    public @Nullable Integer call() {
        components.newFailures().forEach(this::fail);
        Terminal.OUT.println(greeting());
        changes.startTalking();
        String script = context.getProperty("aio.dist.script");
        String input = Objects.requireNonNullElse(context.getProperty("aio.dist.input"), CLOSED);
        boolean terminal = input.equals("TERMINAL");
        boolean ended;
        // lines of a pipe are commands, not the input of commands
        InputStream in = terminal || script != null && !input.equals(CLOSED)
                ? Terminal.IN
                : InputStream.nullInputStream();
        try (Shell shell = new Shell(processor, in)) {
            ended = script != null
                    ? !run(shell, script, /* echo= */ true)
                    : !input.equals(CLOSED) && !read(shell, terminal);
        }
        if (!ended && serves(script, terminal)) {
            if (changes.isUp()) {
                Terminal.OUT.println("aio: no more commands; serving until SIGTERM or SIGINT");
            }
            return null;
        }
        changes.stopTalking();
        return failures == 0 || terminal && script == null ? 0 : 1;
    }

    /** Tells whether the container outlives its commands: it may have no terminal and no pipe that gives any. */
    private boolean serves(@Nullable String script, boolean terminal) {
        return Boolean.parseBoolean(context.getProperty("aio.dist.serve")) || script == null && !terminal && !commanded;
    }

    private String greeting() {
        String port = Objects.requireNonNullElse(context.getProperty("aio.example.http.port"), DEFAULT_HTTP_PORT);
        PolicyDirectory directory = changes.directory();
        Optional<PolicyInfo> current = directory == null ? Optional.empty() : directory.current();
        String policy = current
                .map(info -> "policy '" + info.name() + "' (" + info.driver().orElse("no driver") + ")")
                .orElse("no policy");
        return "aio: " + policy + ". Try: curl http://127.0.0.1:" + port
                + "/    policy:list    start aio.policy.winselector";
    }

    /** Runs the lines of the input; returns whether to continue after its end. */
    private boolean read(Shell shell, boolean terminal) {
        BufferedReader lines = new BufferedReader(new InputStreamReader(Terminal.IN, Charset.defaultCharset()));
        for (String line = line(lines, terminal); line != null; line = line(lines, terminal)) {
            if (!run(shell, line, /* echo= */ !terminal)) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable String line(BufferedReader lines, boolean terminal) {
        if (terminal) {
            Terminal.OUT.print(Shell.PROMPT);
            Terminal.OUT.flush();
        }
        try {
            return lines.readLine();
        } catch (IOException e) {
            return null; // nohup, for one, gives an input that cannot be read
        }
    }

    /** Runs commands; returns whether to continue. */
    private boolean run(Shell shell, String text, boolean echo) {
        for (String command : Commands.split(text)) {
            commanded = true;
            if (echo) {
                Terminal.OUT.println(Shell.PROMPT + command);
            }
            if (!execute(shell, command)) {
                return false;
            }
        }
        return true;
    }

    private boolean execute(Shell shell, String command) {
        List<String> words = List.of(command.strip().split("\\s+"));
        if (words.equals(List.of("exit")) || words.equals(List.of("shutdown"))) {
            return false;
        }
        try {
            Object result = shell.execute(command);
            if (result != null && !changes.isPrinted(result)) {
                Terminal.OUT.println(shell.format(result));
            }
        } catch (Exception e) {
            fail(message(e));
        } catch (Error e) { // of the command, or there is no thread for it
            fail(e + (e instanceof OutOfMemoryError
                    ? "; end some threads, or raise the limits (ulimit -u, pids.max, -Xmx), and give the command again"
                    : ""));
        }
        components.newFailures().forEach(this::fail);
        return true;
    }

    private void fail(String message) {
        failures++;
        Terminal.OUT.println("error: " + Terminal.visible(message));
    }

    private static String message(Exception e) {
        Throwable cause = e.getCause();
        if (e.getMessage() == null && cause != null) {
            return cause.toString();
        }
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }
}
