package aio.dist.shell;

import java.io.InputStream;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Converter;
import org.jspecify.annotations.Nullable;

/** A session of Gogo that outlives any command. One thread. */
final class Shell implements AutoCloseable {
    static final String PROMPT = "g! ";
    // those of aio first: they take bundles by name
    private static final String SCOPE = "aio:gogo:felix:*";

    private final CommandProcessor processor;
    private final InputStream in;
    private CommandSession session;

    /** Opens it, with the input of its commands. */
    Shell(CommandProcessor processor, InputStream in) {
        this.processor = processor;
        this.in = in;
        this.session = open();
    }

    private CommandSession open() {
        CommandSession opened = processor.createSession(in, Terminal.OUT, Terminal.OUT);
        opened.put("SCOPE", SCOPE);
        opened.put("prompt", PROMPT);
        return opened;
    }

    /**
     * Executes a command. After an {@code Error}, such as that there is no thread for the command, Gogo takes the
     * command for one that is still under way, and refuses all others: so they get a new session, without variables.
     */
    @Nullable Object execute(String command) throws Exception {
        try {
            return session.execute(command);
        } catch (Error e) {
            session.close();
            session = open();
            throw e;
        }
    }

    /** Returns what the console shows of a result. */
    CharSequence format(Object result) {
        return session.format(result, Converter.INSPECT);
    }

    @Override
    public void close() {
        session.close();
    }
}
