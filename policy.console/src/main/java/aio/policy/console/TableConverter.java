package aio.policy.console;

import aio.loop.ConnectionInfo;
import aio.loop.LoopBlock;
import aio.loop.LoopInfo;
import aio.policy.PolicyChange;
import aio.policy.PolicyInfo;
import aio.policy.console.text.Plain;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.felix.service.command.Converter;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Prints policies, changes, loops, their connections and what held them up: single ones, collections and arrays of
 * them. Immutable.
 */
@Component(
        property = {
            Converter.CONVERTER_CLASSES + "=aio.policy.PolicyInfo",
            Converter.CONVERTER_CLASSES + "=aio.policy.PolicyChange",
            Converter.CONVERTER_CLASSES + "=aio.loop.LoopInfo",
            Converter.CONVERTER_CLASSES + "=aio.loop.LoopBlock",
            Converter.CONVERTER_CLASSES + "=aio.loop.ConnectionInfo"
        })
public final class TableConverter implements Converter {

    /** For the service component runtime. */
    @Activate
    public TableConverter() {}

    @Override
    public @Nullable Object convert(Class<?> desiredType, Object in) {
        // so that a policy or a loop can stand where a command takes its name
        return desiredType == String.class && (in instanceof PolicyInfo || in instanceof LoopInfo) ? part(in) : null;
    }

    @Override
    public @Nullable CharSequence format(Object target, int level, @Nullable Converter escape) {
        return switch (level) {
            case INSPECT -> joined(inspect(target));
            case LINE -> plain(line(target));
            default -> plain(part(target));
        };
    }

    private static @Nullable List<String> inspect(Object target) {
        if (target instanceof View<?> view) {
            List<String> lines = new ArrayList<>(view.isEmpty() ? List.of() : rows(view));
            lines.addAll(view.notes());
            return lines;
        }
        if (target instanceof LoopInfo loop) {
            return Texts.details(loop);
        }
        if (target instanceof PolicyChange change) {
            return List.of(Texts.line(change));
        }
        if (target instanceof LoopBlock block) {
            return Tables.blocks(List.of(block));
        }
        if (target instanceof ConnectionInfo connection) {
            return Tables.connections(List.of(connection));
        }
        if (target instanceof PolicyInfo policy) {
            return Tables.policies(List.of(policy));
        }
        return table(elements(target));
    }

    private static List<String> rows(View<?> view) {
        return switch (view.style()) {
            case POLICIES -> Tables.policies(all(PolicyInfo.class, view));
            case POLICY_DETAILS -> Tables.policyDetails(all(PolicyInfo.class, view));
            case REASONS -> Tables.reasons(all(PolicyInfo.class, view));
            case CHANGES -> Tables.changes(all(PolicyChange.class, view));
            case LOOPS -> Tables.loops(all(LoopInfo.class, view));
            case LOOP_DETAILS -> Tables.details(all(LoopInfo.class, view));
            case LOOP_NUMBERS -> Tables.numbers(all(LoopInfo.class, view));
            case BLOCKS -> Tables.blocks(all(LoopBlock.class, view));
            case CONNECTIONS -> Tables.connections(all(ConnectionInfo.class, view));
            case TOLD -> List.of();
        };
    }

    private static Collection<?> elements(Object target) {
        if (target instanceof Object[] array) {
            return Arrays.asList(array);
        }
        return target instanceof Collection<?> collection ? collection : List.of();
    }

    private static @Nullable List<String> table(Collection<?> elements) {
        if (elements.isEmpty()) {
            return null;
        }
        if (elements.stream().allMatch(PolicyInfo.class::isInstance)) {
            return Tables.policies(all(PolicyInfo.class, elements));
        }
        if (elements.stream().allMatch(PolicyChange.class::isInstance)) {
            return Tables.changes(all(PolicyChange.class, elements));
        }
        if (elements.stream().allMatch(LoopInfo.class::isInstance)) {
            return Tables.loops(all(LoopInfo.class, elements));
        }
        if (elements.stream().allMatch(LoopBlock.class::isInstance)) {
            return Tables.blocks(all(LoopBlock.class, elements));
        }
        if (elements.stream().allMatch(ConnectionInfo.class::isInstance)) {
            return Tables.connections(all(ConnectionInfo.class, elements));
        }
        return null;
    }

    private static <T> List<T> all(Class<T> type, Collection<?> elements) {
        return elements.stream().map(type::cast).toList();
    }

    private static @Nullable String line(Object target) {
        if (target instanceof PolicyInfo policy) {
            return Texts.line(policy);
        }
        if (target instanceof PolicyChange change) {
            return Texts.line(change);
        }
        if (target instanceof LoopBlock block) {
            return Texts.line(block);
        }
        if (target instanceof ConnectionInfo connection) {
            return Texts.line(connection);
        }
        return target instanceof LoopInfo loop ? Texts.line(loop) : null;
    }

    private static @Nullable String part(Object target) {
        if (target instanceof PolicyInfo policy) {
            return policy.name();
        }
        if (target instanceof PolicyChange change) {
            return Texts.name(change, change.from()) + " -> " + Texts.name(change, change.to());
        }
        if (target instanceof LoopBlock block) {
            return Texts.culprit(block);
        }
        if (target instanceof ConnectionInfo connection) {
            return Long.toString(connection.id());
        }
        return target instanceof LoopInfo loop ? loop.name() : null;
    }

    private static @Nullable String plain(@Nullable String line) {
        return line == null ? null : Plain.text(line);
    }

    private static @Nullable String joined(@Nullable List<String> lines) {
        return lines == null
                ? null
                : lines.stream().map(Plain::text).collect(Collectors.joining(System.lineSeparator()));
    }
}
