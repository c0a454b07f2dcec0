package aio.dist.shell;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Splits text into commands, at semicolons and line ends that are neither in quotes nor in brackets. */
final class Commands {
    private final String text;
    private final List<String> commands = new ArrayList<>();
    private final StringBuilder command = new StringBuilder();
    private final Deque<Character> open = new ArrayDeque<>();

    private Commands(String text) {
        this.text = text;
    }

    /** Returns the commands in order, without blank ones and comments. */
    static List<String> split(String text) {
        return new Commands(text).split();
    }

    private List<String> split() {
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '\\' && at + 1 < text.length()) {
                command.append(c).append(text.charAt(++at));
            } else if (open.isEmpty() && (c == ';' || c == '\n')) {
                end();
            } else {
                nest(c);
                command.append(c);
            }
        }
        end();
        return commands;
    }

    private void nest(char c) {
        boolean quoted = !open.isEmpty() && (open.peek() == '"' || open.peek() == '\'');
        if (!open.isEmpty() && open.peek() == c) {
            open.pop();
        } else if (!quoted && "\"'({[".indexOf(c) >= 0) {
            open.push(closing(c));
        }
    }

    private static char closing(char c) {
        return switch (c) {
            case '(' -> ')';
            case '{' -> '}';
            case '[' -> ']';
            default -> c;
        };
    }

    private void end() {
        String ready = command.toString().strip();
        command.setLength(0);
        if (!ready.isEmpty() && !ready.startsWith("#")) {
            commands.add(ready);
        }
    }
}
