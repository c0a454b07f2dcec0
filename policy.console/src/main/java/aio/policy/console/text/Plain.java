package aio.policy.console.text;

import java.util.Locale;

/** Makes foreign text, such as a name, harmless: what is shown must not steer a terminal. */
public final class Plain {
    private Plain() {}

    /** Returns the text with every character escaped that is not seen: it stays one line, and is read as it stands. */
    public static String text(String given) {
        if (given.codePoints().noneMatch(Plain::isUnseen)) {
            return given;
        }
        StringBuilder text = new StringBuilder();
        given.codePoints().forEach(c -> {
            switch (c) {
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> append(text, c);
            }
        });
        return text.toString();
    }

    private static void append(StringBuilder text, int c) {
        if (isUnseen(c)) {
            text.append(String.format(Locale.ROOT, "\\u%04x", c));
        } else {
            text.appendCodePoint(c);
        }
    }

    private static boolean isUnseen(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE,
                    Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
