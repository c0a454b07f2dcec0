package aio.core.foreign;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Makes the text of foreign objects: it cannot fail, is not longer than a screen, and holds no character that moves a
 * cursor, ends a line or changes the direction of writing. Any thread.
 */
public final class Text {
    private static final int LONGEST = 1000;
    /** Leaves room so that a cut text is not cut again: a name must stay the same however often it is cleaned. */
    private static final int REST = 32;
    private static final String NONE = "an object whose text cannot be made";

    private Text() {}

    /** Returns the text of an object; that of its class if the object fails to give one. */
    public static String of(@Nullable Object foreign) {
        if (foreign == null) {
            return "null";
        }
        try {
            String own = foreign.toString();
            return own == null ? ofClass(foreign.getClass()) + " (its toString returns null)" : clean(own);
        } catch (Throwable failure) {
            return withoutOwn(foreign, failure);
        }
    }

    private static String withoutOwn(Object foreign, Throwable failure) {
        try {
            return ofClass(foreign.getClass()) + " (its toString fails: " + ofClass(failure.getClass()) + ")";
        } catch (Throwable again) { // no memory or no stack, perhaps
            return NONE;
        }
    }

    /** Returns the message of a failure; its class if it has none or fails to give it. */
    public static String ofMessage(Throwable failure) {
        try {
            String message = failure.getMessage();
            return message == null ? ofClass(failure.getClass()) : clean(message);
        } catch (Throwable broken) {
            return withoutOwn(failure, broken);
        }
    }

    /** Returns a value of a configuration: a text as it is, however long, or that of an object. */
    public static String ofValue(@Nullable Object value) {
        return value instanceof String text ? text : of(value);
    }

    /** Returns the name of a class, which may hold any character as well. */
    public static String ofClass(Class<?> foreign) {
        return clean(foreign.getName());
    }

    /** Returns the identity of an object: its class, and a number that tells it from others of that class. */
    public static String ofInstance(Object foreign) {
        return ofClass(foreign.getClass()) + "@" + Integer.toHexString(System.identityHashCode(foreign));
    }

    /** Returns a given text, such as a name, in a form that can be shown. */
    public static String clean(String given) {
        int end = given.length() > LONGEST + REST ? LONGEST : given.length();
        int first = 0;
        while (first < end && !isHarmful(given.charAt(first))) {
            first++;
        }
        return first == given.length() ? given : escaped(given, first, end);
    }

    private static String escaped(String given, int first, int end) {
        StringBuilder text = new StringBuilder(end + 32).append(given, 0, first);
        for (int i = first; i < end; i++) {
            char each = given.charAt(i);
            if (isHarmful(each)) {
                text.append(escape(each));
            } else {
                text.append(each);
            }
        }
        int rest = given.length() - end;
        return rest == 0 ? text.toString() : text.append("... (").append(rest).append(" more)").toString();
    }

    private static boolean isHarmful(char each) {
        return each < ' ' || each >= 0x7f && switch (Character.getType(each)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    private static String escape(char each) {
        return switch (each) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> String.format(Locale.ROOT, "\\u%04x", (int) each);
        };
    }
}
