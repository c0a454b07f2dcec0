package aio.policy.console.karaf;

import aio.policy.console.Command;
import aio.policy.console.Screen;
import aio.policy.console.TableConverter;
import aio.policy.console.Usage;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.felix.service.command.Converter;
import org.apache.karaf.shell.api.console.CommandLine;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Parser;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.completers.StringsCompleter;
import org.jspecify.annotations.Nullable;

/** A command in Karaf's shell, which completes its options and its name. Immutable. */
final class KarafCommand implements org.apache.karaf.shell.api.console.Command {
    private static final TableConverter TEXT = new TableConverter();
    private static final int NOTHING = -1;

    private final Command command;
    private final Usage usage;
    private final Supplier<List<String>> names;

    /** Makes a command whose first argument, if it takes one, is one of {@code names}. */
    KarafCommand(Command command, Supplier<List<String>> names) {
        this.command = command;
        this.usage = command.usage();
        this.names = names;
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
        String[] words = arguments.stream().map(KarafCommand::word).toArray(String[]::new);
        boolean terminal = session.getTerminal() != null;
        // unlike the console of the session, this one is that of a pipe, too
        Object answer = command.body().run(new Screen(session.getKeyboard(), System.out, terminal), words);
        // without a terminal, as over ssh, Karaf prints neither what a command returns nor its help
        boolean printed = terminal && !Usage.asksForHelp(words);
        if (answer == null || printed) {
            return answer;
        }
        CharSequence text = TEXT.format(answer, Converter.INSPECT, null);
        System.out.println(text == null ? answer : text);
        return null;
    }

    /** A policy or a loop stands for its name. */
    private static String word(Object argument) {
        return Objects.toString(TEXT.format(argument, Converter.PART, null), argument.toString());
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
        boolean first = Arrays.stream(line.getArguments(), 1, at).allMatch(word -> word.startsWith("-"));
        return usage.takesName() && first ? names.get() : List.of();
    }
}
