package aio.policy.console.karaf.command;

import aio.policy.console.usage.Command;
import aio.policy.console.usage.Screen;
import aio.policy.console.usage.Usage;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.felix.service.command.Converter;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Parser;
import org.apache.karaf.shell.api.console.Registry;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.jspecify.annotations.Nullable;

/** A command in Karaf's shell, which completes its options and its name. Immutable. */
public final class KarafCommand implements org.apache.karaf.shell.api.console.Command {
    private static final int NOTHING = -1;

    private final Command command;
    private final Usage usage;
    private final Supplier<List<String>> names;
    private final Texts texts;

    /** How objects are shown that a command returns, or that stand for an argument. */
    @FunctionalInterface
    public interface Texts {

        /** Returns the text of an object at a level of {@link Converter}; null if it says itself what it is. */
        @Nullable CharSequence of(Object object, int level);
    }

    private KarafCommand(Command command, Supplier<List<String>> names, Texts texts) {
        this.command = command;
        this.usage = command.usage();
        this.names = names;
        this.texts = texts;
    }

    /**
     * Gives commands to the shell; returns what takes them away.
     *
     * @param names what the first argument may be of a command that takes one
     */
    public static Runnable register(
            Registry shell, List<Command> commands, Supplier<List<String>> names, Texts texts) {
        List<KarafCommand> given = commands.stream().map(each -> new KarafCommand(each, names, texts)).toList();
        given.forEach(shell::register);
        return () -> given.forEach(shell::unregister);
    }

    @Override
    public String getScope() {
        return usage.scope();
    }

    @Override
    public String getName() {
        return usage.name();
    }

    @Override
    public String getDescription() {
        return usage.description();
    }

    @Override
    public @Nullable Parser getParser() {
        return null;
    }

    @Override
    public @Nullable Object execute(Session session, List<Object> arguments) throws IOException {
        String[] words = arguments.stream().map(this::word).toArray(String[]::new);
        boolean terminal = session.getTerminal() != null;
        // unlike the console of the session, this one is that of a pipe, too
        Screen screen = new Screen(session.getKeyboard(), System.out, terminal, Screen.user(session.get(Screen.USER)));
        Object answer = command.body().run(screen, words);
        // without a terminal, as over ssh, Karaf prints neither what a command returns nor its help
        boolean printed = terminal && !Usage.asksForHelp(words);
        if (answer == null || printed) {
            return answer;
        }
        CharSequence text = texts.of(answer, Converter.INSPECT);
        System.out.println(text == null ? answer : text);
        return null;
    }

    /** A policy or a loop stands for its name. */
    private String word(Object argument) {
        return Objects.toString(texts.of(argument, Converter.PART), argument.toString());
    }

    @Override
    public Completer getCompleter(boolean scoped) {
        return (session, line, candidates) -> complete(session, line, candidates, scoped);
    }

    private int complete(Session session, CommandLine line, List<String> candidates, boolean scoped) {
        String full = usage.scope() + ":" + usage.name();
        int at = line.getCursorArgumentIndex();
        List<String> possible;
        if (at == 0) {
            possible = scoped ? List.of(usage.name()) : List.of(usage.name(), full);
        } else if (session.resolveCommand(line.getArguments()[0]).equals(full)) {
            possible = possible(line, at);
        } else {
            return NOTHING;
        }
        return new StringsCompleter(possible).complete(session, line, candidates);
    }

    private List<String> possible(CommandLine line, int at) {
        if (line.getCursorArgument().startsWith("-")) {
            return usage.optionNames();
        }
        boolean isName = usage.isNameNext(Arrays.asList(line.getArguments()).subList(1, at));
        return isName ? names.get() : List.of();
    }
}
