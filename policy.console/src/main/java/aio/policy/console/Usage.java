package aio.policy.console;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.felix.service.command.CommandSession;
import org.apache.felix.service.command.Descriptor;

/** What the help of a command says: all of it is read from the command's method. Immutable. */
final class Usage {
    private static final String INDENT = "  ";

    private final String command;
    private final Method method;

    private Usage(String command, Method method) {
        this.command = command;
        this.method = method;
    }

    /** Returns the usage of a command, of which there is one method. */
    static Usage of(Class<?> commands, String scope, String function) {
        return Arrays.stream(commands.getMethods())
                .filter(method -> method.getName().equals(function))
                .findFirst()
                .map(method -> new Usage(scope + ":" + function, method))
                .orElseThrow(() -> new IllegalArgumentException("no command '" + scope + ":" + function + "'"));
    }

    /** Returns the help, a line for each option and argument. */
    String text() {
        Table table = new Table().left("").left("");
        for (Parameter parameter : method.getParameters()) {
            if (parameter.getType() != CommandSession.class) {
                table.row(false, List.of(label(parameter), description(parameter)));
            }
        }
        List<String> lines = new ArrayList<>(List.of(line(), INDENT + method.getAnnotation(Descriptor.class).value()));
        lines.addAll(table.lines().subList(1, table.lines().size()));
        return String.join(System.lineSeparator(), lines);
    }

    /** Returns at most one argument. */
    Optional<String> optional(String... given) {
        if (given.length > 1) {
            throw new IllegalArgumentException(command + " takes one name, not " + given.length + ": " + line());
        }
        return Arrays.stream(given).findFirst();
    }

    /** Returns the one argument that there must be. */
    String required(String... given) {
        return optional(given).orElseThrow(() -> new IllegalArgumentException(command + " needs a name: " + line()));
    }

    /** Returns the command as it is typed. */
    String line() {
        StringBuilder line = new StringBuilder(command);
        for (Parameter parameter : method.getParameters()) {
            option(parameter).ifPresent(option -> line.append(" [").append(last(option)).append(value(option)).append(']'));
        }
        String arguments = arguments();
        return line + (arguments.isEmpty() ? "" : " " + arguments);
    }

    private String arguments() {
        Arguments arguments = method.getAnnotation(Arguments.class);
        return arguments == null ? "" : arguments.value();
    }

    private String label(Parameter parameter) {
        return option(parameter)
                .map(option -> String.join(", ", option.names()) + value(option))
                .orElseGet(() -> arguments().replaceAll("[\\[\\]]", ""));
    }

    /** An option that takes a value says so. */
    private static String value(org.apache.felix.service.command.Parameter option) {
        boolean flag = !option.presentValue().equals(org.apache.felix.service.command.Parameter.UNSPECIFIED);
        return flag ? "" : " N";
    }

    private static String last(org.apache.felix.service.command.Parameter option) {
        return option.names()[option.names().length - 1];
    }

    private static Optional<org.apache.felix.service.command.Parameter> option(Parameter parameter) {
        return Optional.ofNullable(parameter.getAnnotation(org.apache.felix.service.command.Parameter.class));
    }

    private static String description(Parameter parameter) {
        return parameter.getAnnotation(Descriptor.class).value();
    }
}
