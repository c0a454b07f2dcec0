package aio.dist.shell;

import aio.policy.PolicyInfo;
import aio.policy.PolicyRegistry;
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
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Runs the commands of the command line, of a pipe or of the terminal, on the thread of the caller, and answers the
 * exit code: 0 if all of them worked.
 */
@Component(service = Callable.class, property = "aio.dist=session")
public final class Session implements Callable<Integer> {
    private static final String PROMPT = "g! ";
    // ours first: they take bundles by name
    private static final String SCOPE = "aio:gogo:felix:*";
    private static final String DEFAULT_HTTP_PORT = "8080";

    private final CommandProcessor processor;
    private final Changes changes;
    private final Components components;
    private final BundleContext context;
    private int failures;

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
    public Integer call() throws IOException {
        components.newFailures().forEach(this::fail);
        Terminal.OUT.println(greeting());
        changes.startTalking();
        String script = context.getProperty("aio.dist.script");
        boolean terminal = Boolean.parseBoolean(context.getProperty("aio.dist.terminal"));
        // lines of a pipe are commands, not the input of commands
        InputStream in = terminal || script != null ? Terminal.IN : InputStream.nullInputStream();
        try (CommandSession session = processor.createSession(in, Terminal.OUT, Terminal.OUT)) {
            session.put("SCOPE", SCOPE);
            session.put("prompt", PROMPT);
            if (script != null) {
                run(session, script, /* echo= */ true);
            } else {
                read(session, terminal);
            }
        } finally {
            changes.stopTalking();
        }
        return failures == 0 || terminal && script == null ? 0 : 1;
    }

    private String greeting() {
        String port = Objects.requireNonNullElse(context.getProperty("aio.example.http.port"), DEFAULT_HTTP_PORT);
        PolicyRegistry registry = changes.registry();
        Optional<PolicyInfo> current = registry == null ? Optional.empty() : registry.current();
        String policy = current.map(info -> "policy '" + info.name() + "' (" + info.driver() + ")").orElse("no policy");
        return "aio: " + policy + ". Try: curl http://127.0.0.1:" + port
                + "/    policy:list    start aio.policy.winselector";
    }

    private void read(CommandSession session, boolean terminal) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(Terminal.IN, Charset.defaultCharset()));
        boolean goOn = true;
        while (goOn) {
            String line = line(lines, terminal);
            if (line == null) {
                return;
            }
            goOn = run(session, line, /* echo= */ !terminal);
        }
    }

    private static @Nullable String line(BufferedReader lines, boolean terminal) throws IOException {
        if (terminal) {
            Terminal.OUT.print(PROMPT);
            Terminal.OUT.flush();
        }
        return lines.readLine();
    }

    /** Runs commands; answers whether to go on. */
    private boolean run(CommandSession session, String text, boolean echo) {
        for (String command : Commands.split(text)) {
            if (echo) {
                Terminal.OUT.println(PROMPT + command);
            }
            if (!execute(session, command)) {
                return false;
            }
        }
        return true;
    }

    private boolean execute(CommandSession session, String command) {
        List<String> words = List.of(command.strip().split("\\s+"));
        if (words.equals(List.of("exit")) || words.equals(List.of("shutdown"))) {
            return false;
        }
        try {
            Object result = session.execute(command);
            if (result != null && !changes.isPrinted(result)) {
                Terminal.OUT.println(session.format(result, Converter.INSPECT));
            }
        } catch (Exception e) {
            fail(message(e));
        }
        components.newFailures().forEach(this::fail);
        return true;
    }

    private void fail(String message) {
        failures++;
        Terminal.OUT.println("error: " + message);
    }

    private static String message(Exception e) {
        Throwable cause = e.getCause();
        if (e.getMessage() == null && cause != null) {
            return cause.toString();
        }
        return e.getMessage() == null ? e.toString() : e.getMessage();
    }
}
