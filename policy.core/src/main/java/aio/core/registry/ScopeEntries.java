package aio.core.registry;

import aio.core.foreign.Text;
import aio.policy.PolicyScope;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The pins of scopes as a configuration has them: {@code SCOPE=POLICY} each, with a backslash before an equals sign or
 * a backslash of the name of a loop.
 */
final class ScopeEntries {
    private static final char ESCAPE = '\\';
    private static final char SEPARATOR = '=';

    private ScopeEntries() {}

    /** Returns pins with the names of loops and policies as they are shown. */
    static Map<PolicyScope, String> shown(Map<PolicyScope, String> pins) {
        Map<PolicyScope, String> shown = new TreeMap<>();
        pins.forEach((scope, policy) -> shown.put(shown(scope), Text.clean(policy)));
        return Collections.unmodifiableMap(shown);
    }

    /** Returns a scope with the name of its loop as it is shown. */
    static PolicyScope shown(PolicyScope scope) {
        return scope.loopName().map(name -> PolicyScope.loop(Text.clean(name))).orElse(scope);
    }

    static String[] written(Map<PolicyScope, String> pins) {
        return new TreeMap<>(pins).entrySet().stream()
                .map(pin -> escaped(pin.getKey().toString()) + SEPARATOR + pin.getValue())
                .toArray(String[]::new);
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (char c : text.toCharArray()) {
            if (c == ESCAPE || c == SEPARATOR) {
                escaped.append(ESCAPE);
            }
            escaped.append(c);
        }
        return escaped.toString();
    }

    /** Reads entries; those that are wrong are left out, and said. */
    static Map<PolicyScope, String> read(List<String> entries, List<String> problems) {
        Map<PolicyScope, String> pins = new TreeMap<>();
        for (String entry : entries) {
            int separator = separator(entry);
            PolicyScope scope = separator < 0 ? null : scope(unescaped(entry.substring(0, separator)).trim());
            String policy = entry.substring(separator + 1).trim();
            if (scope == null || policy.isEmpty()) {
                problems.add("configuration aio.policy: scopes has '" + entry + "', expected loop:NAME=POLICY or"
                        + " bundle:ID=POLICY; it is left out");
            } else {
                pins.put(scope, policy);
            }
        }
        return pins;
    }

    private static int separator(String entry) {
        for (int at = 0; at < entry.length(); at++) {
            if (entry.charAt(at) == ESCAPE) {
                at++;
            } else if (entry.charAt(at) == SEPARATOR) {
                return at;
            }
        }
        return -1;
    }

    private static String unescaped(String text) {
        StringBuilder plain = new StringBuilder();
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) == ESCAPE && at + 1 < text.length()) {
                at++;
            }
            plain.append(text.charAt(at));
        }
        return plain.toString();
    }

    private static @Nullable PolicyScope scope(String text) {
        try {
            PolicyScope scope = PolicyScope.of(text);
            return switch (scope.kind()) {
                case LOOP, BUNDLE -> scope;
                case PROCESS, CANARY -> null;
            };
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
